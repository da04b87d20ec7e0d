// Input: x[m]. Sizes: n, m.
double objective(const double *x, const long *sizes) {
  long n = sizes[0], m = sizes[1];
  double total = 0;
  for (long i = 0; i < n; i++) {
    double t = -1 + 2.0 * i / (n - 1), power = 1, sum = 0;
    for (long j = 0; j < m; j++) {
      sum += x[j] * power;
      power *= t;
    }
    double r = (t > 0) - (t < 0) - sum;
    total += r * r;
  }
  return total / 2;
}
