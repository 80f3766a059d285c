// Before the first paint: light or dark as the system says, for those who asked for it. src/ui/theme.rs does the rest.
try {
  if (localStorage.getItem('boardwatch-theme') === 'system') {
    document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  }
} catch {
  // Storage is forbidden here: the page stays dark.
}
