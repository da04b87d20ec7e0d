import torch


def setup(inputs, _):
    w, x, y = inputs["w"].requires_grad_(), inputs["x"], inputs["y"]
    results = []

    def run():
        results[:] = torch.autograd.grad(((x @ w - y) ** 2).mean(), [w])

    return run, lambda: results
