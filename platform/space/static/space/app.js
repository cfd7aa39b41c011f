// Makes the space readable without a network, where the browser can. The worker is asked for anew each time.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => {});
}
