// On every public page: keeps it at hand for a phone that loses the network.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
