import torch


def setup(inputs, parameters):
    x, steps = inputs["x"], parameters["s"]
    h = 2 / steps
    results = []

    def solution():
        def slope(y):
            return torch.cat([x[:1], x[1:] * y[:-1]])

        y = torch.zeros_like(x)
        for _ in range(steps):
            k1 = slope(y)
            k2 = slope(y + h / 2 * k1)
            k3 = slope(y + h / 2 * k2)
            k4 = slope(y + h * k3)
            y = y + h / 6 * (k1 + 2 * (k2 + k3) + k4)
        return y

    def primal():
        with torch.no_grad():
            results[:] = [solution()]

    def derivative():
        results[:] = torch.autograd.grad(solution()[-1], [x])

    if parameters["wanted"] == "primal":
        return primal, lambda: results
    x.requires_grad_()
    return derivative, lambda: results
