import torch


def setup(inputs, parameters):
    points, centroids = inputs["points"], inputs["centroids"]
    results = []

    def cost():
        with torch.no_grad():
            nearest = ((points[:, None] - centroids) ** 2).sum(2).argmin(1)
        return ((points - centroids[nearest]) ** 2).sum()

    def primal():
        with torch.no_grad():
            results[:] = [cost()]

    def derivative():
        (gradient,) = torch.autograd.grad(cost(), centroids, create_graph=True)
        (diagonal,) = torch.autograd.grad(gradient.sum(), centroids)
        results[:] = [gradient / diagonal]

    if parameters["wanted"] == "primal":
        return primal, lambda: results
    centroids.requires_grad_()
    return derivative, lambda: results
