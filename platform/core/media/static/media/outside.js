// Another site's video is asked for when somebody clicks, and not before. Without this the link opens its page.
for (const figure of document.querySelectorAll(".outside:not([data-ready])")) {
  figure.dataset.ready = "";
  figure.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = figure.dataset.frame;
    frame.title = figure.dataset.title;
    frame.allow = "fullscreen; autoplay; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin";
    figure.querySelector("a").replaceWith(frame);
    frame.focus();
  });
}
