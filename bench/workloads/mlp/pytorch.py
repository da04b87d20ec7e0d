import torch
from torch.nn.functional import log_softmax, relu


def setup(inputs, parameters):
    x, y = inputs.pop("x"), inputs.pop("y")
    names = sorted(inputs)
    b1, b2, b3, w1, w2, w3 = weights = [inputs[name].requires_grad_() for name in names]
    if parameters["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(weights, lr=0.1)
    else:
        optimizer = torch.optim.Adam(weights, lr=1e-3, betas=(0.9, 0.999), eps=1e-8)
    results = []

    def run():
        optimizer.zero_grad(set_to_none=True)
        h1 = relu(torch.addmm(b1, x, w1))
        h2 = relu(torch.addmm(b2, h1, w2))
        logits = torch.addmm(b3, h2, w3)
        loss = -(y * log_softmax(logits, 1)).sum(1).mean()
        loss.backward()
        optimizer.step()
        results[:] = [loss]

    return run, lambda: [*results, *weights]
