import torch
from torch.nn.functional import conv2d, log_softmax, max_pool2d, relu


def setup(inputs, _):
    x, y = inputs.pop("x"), inputs.pop("y")
    names = sorted(inputs)
    c1, c2, d1, d2, e1, e2, w1, w2 = weights = [inputs[name].requires_grad_() for name in names]
    optimizer = torch.optim.SGD(weights, lr=0.1)
    results = []

    def run():
        optimizer.zero_grad(set_to_none=True)
        h1 = max_pool2d(relu(conv2d(x, w1, c1.flatten(), padding=2)), 2)
        h2 = max_pool2d(relu(conv2d(h1, w2, c2.flatten(), padding=2)), 2)
        inner = relu(torch.addmm(e1, h2.flatten(1), d1))
        logits = torch.addmm(e2, inner, d2)
        loss = -(y * log_softmax(logits, 1)).sum(1).mean()
        loss.backward()
        optimizer.step()
        results[:] = [loss]

    return run, lambda: [*results, *weights]
