import torch


def setup(inputs, _):
    x, w, b = inputs["x"].requires_grad_(), inputs["w"], inputs["b"]
    results = []

    def run():
        f = (torch.tanh(x * w + b) ** 2 * torch.exp(-(x**2))).sum()
        results[:] = torch.autograd.grad(f, [x])

    return run, lambda: results
