def objective(*_):
    def value(x):
        a = x.max().detach()
        return a + (x - a).exp().sum().log()

    return value, ["x"]
