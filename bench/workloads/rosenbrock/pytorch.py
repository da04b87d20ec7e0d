import torch


def setup(inputs, _):
    x = inputs["x"].requires_grad_()
    results = []

    def run():
        here, following = x[:-1], x[1:]
        f = (100 * (following - here**2) ** 2 + (1 - here) ** 2).sum()
        results[:] = [f, *torch.autograd.grad(f, [x])]

    return run, lambda: results
