import math

import torch


def objective(inputs, parameters):
    d, k, n, m, gamma = (parameters[name] for name in ("d", "k", "n", "m", "gamma"))
    x = inputs["x"]
    columns, rows = torch.triu_indices(d, d, 1)
    freedom = d + m + 1
    constant = (
        freedom * d * math.log(gamma / math.sqrt(2))
        - d * (d - 1) / 4 * math.log(math.pi)
        - sum(math.lgamma((freedom - j) / 2) for j in range(d))
    )

    def value(alpha, mu, q, l):
        factors = torch.diag_embed(q.exp())
        factors = factors.index_put((torch.arange(k)[:, None], rows, columns), l)
        whitened = (x - mu[:, None]) @ factors.transpose(1, 2)
        densities = (alpha + q.sum(1))[:, None] - 0.5 * (whitened**2).sum(2)
        mixture = torch.logsumexp(densities, 0).sum() - n * torch.logsumexp(alpha, 0)
        squares = (q.exp() ** 2).sum() + (l**2).sum()
        prior = k * constant - gamma**2 / 2 * squares + m * q.sum()
        return mixture - n * d / 2 * math.log(2 * math.pi) + prior

    return value, ["alpha", "mu", "q", "l"]
