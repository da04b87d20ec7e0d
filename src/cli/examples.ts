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
  gradcheck: [
    'cotangent gradcheck "exp(-x^2)*sin(y)"',
    'cotangent gradcheck "log(x)" --at x=0.5 --rtol 1e-9',
    "cotangent gradcheck model.mjs   # exports f and args",
  ],
  train: [
    "cotangent train houses.csv --target price --test-split 0.2",
    "cotangent train mail.csv --target spam --link sigmoid --loss cross-entropy",
    "cotangent train xor.csv --model mlp:2-8-1 --loss cross-entropy --until-loss 1e-3",
    "cotangent train big.csv --epochs 100000 --save run.json   # Ctrl-C, then:",
    "cotangent train big.csv --resume run.json --save run.json",
  ],
  completions: [
    "source <(cotangent completions bash)",
    "cotangent completions zsh > ~/.zfunc/_cotangent",
    "cotangent completions fish > ~/.config/fish/completions/cotangent.fish",
  ],
  open: [
    'cotangent open "((a+e)*(b-d))^2" --at a=23,b=2,e=-5,d=7',
    'cotangent open "u = x*y; u + sin(u)" --at x=2,y=3 --no-browser',
  ],
  demo: ["cotangent demo", "cotangent demo --lang ru"],
};
