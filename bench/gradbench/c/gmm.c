// Input: alpha[k], mu[k][d], q[k][d], l[k][d(d−1)/2], x[n][d], gamma. Sizes: d, k, n, m.
#include <math.h>
#include <stdlib.h>

static double logsumexp(const double *x, long n) {
  double a = x[0], sum = 0;
  for (long i = 1; i < n; i++)
    if (x[i] > a) a = x[i];
  for (long i = 0; i < n; i++) sum += exp(x[i] - a);
  return a + log(sum);
}

double objective(const double *input, const long *sizes) {
  long d = sizes[0], k = sizes[1], n = sizes[2], m = sizes[3], low = d * (d - 1) / 2;
  const double *alpha = input, *mu = alpha + k, *q = mu + k * d, *l = q + k * d, *x = l + k * low;
  double *scales = malloc(k * d * sizeof(double)), *sums = calloc(k, sizeof(double));
  double *beta = malloc(k * sizeof(double)), *off = malloc(d * sizeof(double));
  double *y = malloc(d * sizeof(double));
  double gamma = x[n * d], squares = 0, logs = 0, total = 0;
  for (long c = 0; c < k; c++)
    for (long j = 0; j < d; j++) {
      scales[c * d + j] = exp(q[c * d + j]);
      squares += scales[c * d + j] * scales[c * d + j];
      sums[c] += q[c * d + j];
      logs += q[c * d + j];
    }
  for (long i = 0; i < k * low; i++) squares += l[i] * l[i];
  for (long i = 0; i < n; i++) {
    for (long c = 0; c < k; c++) {
      for (long j = 0; j < d; j++) {
        off[j] = x[i * d + j] - mu[c * d + j];
        y[j] = scales[c * d + j] * off[j];
      }
      const double *column = l + c * low;
      for (long j = 0; j < d; j++) {
        for (long r = j + 1; r < d; r++) y[r] += column[r - j - 1] * off[j];
        column += d - j - 1;
      }
      double norm = 0;
      for (long j = 0; j < d; j++) norm += y[j] * y[j];
      beta[c] = alpha[c] + sums[c] - norm / 2;
    }
    total += logsumexp(beta, k);
  }
  total -= n * logsumexp(alpha, k);
  double pi = acos(-1), freedom = d + m + 1;
  double constant = freedom * d * (log(gamma) - log(2) / 2) - d * (d - 1) / 4.0 * log(pi);
  for (long j = 0; j < d; j++) constant -= lgamma((freedom - j) / 2);
  free(scales), free(sums), free(beta), free(off), free(y);
  return total - n * d / 2.0 * log(2 * pi) + k * constant - gamma * gamma / 2 * squares + m * logs;
}
