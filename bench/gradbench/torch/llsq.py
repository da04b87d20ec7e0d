import torch


def objective(_, parameters):
    n = parameters["n"]

    def value(x):
        t = torch.arange(n, dtype=torch.double) * (2 / (n - 1)) - 1
        residuals = torch.sign(t) - torch.vander(t, len(x), increasing=True) @ x
        return 0.5 * (residuals**2).sum()

    return value, ["x"]
