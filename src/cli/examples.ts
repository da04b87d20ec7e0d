/** What help shows first, by command. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  cotangent: [
    'cotangent explain "((a+e)*(b-d))^2" --at a=23,b=2,e=-5,d=7',
    'cotangent grad "x*sin(y)" --at x=2,y=1',
    "cotangent demo",
  ],
  explain: [
    'cotangent explain "((a+e)*(b-d))^2" --at a=23,b=2,e=-5,d=7 --order 2',
    'cotangent explain "u = x*y; u + sin(u)" --at x=2,y=3 --steps',
    'cotangent explain "sum(x^2)" --at "x=[1,2,3]" -o graph.svg',
    'echo "-x^2" | cotangent explain - --at x=3 --json',
  ],
  grad: ['cotangent grad "x*sin(y)" --at x=2,y=1', "cotangent grad -x^2 --at x=3"],
  hessian: ['cotangent hessian "((a+e)*(b-d))^2" --at a=23,b=2,e=-5,d=7'],
  demo: ["cotangent demo", "cotangent demo --lang ru"],
};
