import torch


def objective(inputs, _):
    start, sequence = inputs["state"], inputs["sequence"]
    count, bits = sequence.shape

    def value(main, extra):
        layers = [(main[i].chunk(4), main[i + 1].chunk(4)) for i in range(0, len(main), 2)]
        in_weight, out_weight, out_bias = extra
        hidden, cell = list(start[0::2]), list(start[1::2])
        total = 0
        for now, following in zip(sequence[:-1], sequence[1:]):
            x = now * in_weight
            for i, (w, b) in enumerate(layers):
                forget = torch.sigmoid(x * w[0] + b[0])
                ingate = torch.sigmoid(hidden[i] * w[1] + b[1])
                outgate = torch.sigmoid(x * w[2] + b[2])
                change = torch.tanh(hidden[i] * w[3] + b[3])
                cell[i] = cell[i] * forget + ingate * change
                x = hidden[i] = outgate * torch.tanh(cell[i])
            y = x * out_weight + out_bias
            total = total + (following * (y - (2 + y.exp().sum()).log())).sum()
        return -total / (bits * (count - 1))

    return value, ["main_params", "extra_params"]
