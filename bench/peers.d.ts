// The peers are installed when a benchmark first runs; types must hold before that.
declare module "@jax-js/jax";
declare module "@tensorflow/tfjs";
declare module "@tensorflow/tfjs-backend-wasm";
