import torch


def setup(inputs, _):
    arguments = [inputs[name].requires_grad_() for name in "abde"]
    results = []

    def run():
        a, b, d, e = arguments
        f = ((a + e) * (b - d)) ** 2
        results[:] = [f, *torch.autograd.grad(f, arguments)]

    return run, lambda: results
