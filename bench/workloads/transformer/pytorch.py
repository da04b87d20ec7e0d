import torch
from torch.nn.functional import gelu, layer_norm

HEADS = 4


def setup(inputs, _):
    x, y = inputs.pop("x"), inputs.pop("y")
    names = sorted(inputs)
    weights = [inputs[name].requires_grad_() for name in names]
    b1, b2, g1, g2, o1, o2, w1, w2, wk, wo, wq, wv = weights
    optimizer = torch.optim.SGD(weights, lr=0.1)
    batch, tokens, width = x.shape
    results = []

    def split(x, w):
        return (x @ w).view(batch, tokens, HEADS, width // HEADS).transpose(1, 2)

    def attention(x):
        q, k, v = split(x, wq), split(x, wk), split(x, wv)
        scores = q @ k.transpose(2, 3) * (HEADS / width) ** 0.5
        mixed = torch.softmax(scores, -1) @ v
        return mixed.transpose(1, 2).reshape(batch, tokens, width) @ wo

    def run():
        optimizer.zero_grad(set_to_none=True)
        attended = x + attention(layer_norm(x, [width], g1, o1))
        inner = gelu(layer_norm(attended, [width], g2, o2) @ w1 + b1, approximate="tanh")
        loss = ((attended + inner @ w2 + b2 - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        results[:] = [loss]

    return run, lambda: [*results, *weights]
