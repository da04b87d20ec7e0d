// Times the plain loops of one objective: reads numbers from a file, prints the smallest time in nanoseconds and the value.
// Arguments: the file, the seconds, then the sizes.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double objective(const double *input, const long *sizes);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * t.tv_sec + t.tv_nsec;
}

int main(int count, char **arguments) {
  FILE *file = fopen(arguments[1], "rb");
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file);
  rewind(file);
  double *input = malloc(bytes);
  if (fread(input, 1, bytes, file) != (size_t)bytes) return 1;
  long sizes[16] = {0};
  for (int i = 3; i < count; i++) sizes[i - 3] = atol(arguments[i]);
  double seconds = atof(arguments[2]), value = 0, smallest = 1e300, total = 0;
  do {
    double start = now();
    value = objective(input, sizes);
    double time = now() - start;
    if (time < smallest) smallest = time;
    total += time;
  } while (total < 1e9 * seconds);
  printf("{ \"time\": %.0f, \"value\": %.17g }\n", smallest, value);
  return 0;
}
