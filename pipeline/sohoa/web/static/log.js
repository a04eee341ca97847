// Times of the log in the reader's own zone.
for (const time of document.querySelectorAll("time[data-seconds]")) {
  const when = new Date(Number(time.dataset.seconds) * 1000);
  time.textContent = when.toLocaleString(document.documentElement.lang);
}
