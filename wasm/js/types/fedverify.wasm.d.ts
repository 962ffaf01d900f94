/** What Cloudflare Workers and some bundlers give for `fedverify/fedverify.wasm`: a WebAssembly.Module, or its URL, for `init`. */
declare const module: object | string;
export default module;
