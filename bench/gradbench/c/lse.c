// Input: x[n]. Sizes: n.
#include <math.h>

double objective(const double *x, const long *sizes) {
  long n = sizes[0];
  double a = x[0], sum = 0;
  for (long i = 1; i < n; i++)
    if (x[i] > a) a = x[i];
  for (long i = 0; i < n; i++) sum += exp(x[i] - a);
  return a + log(sum);
}
