#include "page.hpp"

#include <filesystem>

#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "drawing.hpp"

namespace mica::labs {
namespace {

// Okabe and Ito's colours, which the colour-blind can tell apart; lighter ones on dark.
constexpr const char* style = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #5a5a5a; --rule: #d9d9d9; --box: #f4f6f8;
  --c0: #0072b2; --c1: #d55e00; --c2: #008a63; --c3: #b0508a; --c4: #b07d00; --c5: #3a95cf; --c6: #5f5f5f; --c7: #7a3fc0; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --ink: #ececec; --soft: #a8adb3; --rule: #3a3f45; --box: #1d2226;
    --c0: #5cb3ee; --c1: #ff8c42; --c2: #2ed09e; --c3: #ee9ccb; --c4: #f0c244; --c5: #9bd8ff; --c6: #c4c4c4; --c7: #bb96f5; } }
body { background: var(--paper); color: var(--ink); font: 18px/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  max-width: 960px; margin: 2em auto; padding: 0 1em; }
h1 { line-height: 1.2; } h2 { margin-top: 1.6em; }
.question { font-size: 1.1em; color: var(--soft); }
.finding { border-left: 5px solid var(--c0); background: var(--box); padding: .6em .9em; }
.trouble { border-left: 5px solid var(--c1); background: var(--box); padding: .6em .9em; }
figure { margin: 1.6em 0; } figcaption { font-weight: 600; margin-bottom: .4em; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font-size: 16px; } svg .tick { font-size: 15px; } svg .label { font-size: 17px; }
svg .value { font-size: 14px; } svg .marked { font-size: 15px; fill: var(--soft); }
svg .on-dark { fill: #fff; } svg .on-light { fill: #111; }
svg .grid { stroke: var(--rule); stroke-width: 1; } svg .axis { stroke: var(--ink); stroke-width: 1.5; }
svg .frame { fill: none; stroke: var(--soft); } svg .mark { stroke: var(--soft); stroke-width: 2; stroke-dasharray: 3 4; }
svg .curve { fill: none; stroke-width: 3; stroke-linejoin: round; } svg .dashed { stroke-dasharray: 9 6; }
svg .see-through { fill-opacity: .55; }
)";

std::string colours() {
  std::string text;
  for (int i = 0; i < 8; ++i) {
    const std::string c = "c" + std::to_string(i);
    text += "svg ." + c + " { stroke: var(--" + c + "); } svg .dot." + c + ", svg .bar." + c + " { fill: var(--" + c +
            "); stroke: none; }\n";
  }
  return text + R"(table { border-collapse: collapse; margin: .6em 0; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--rule); padding: .3em .8em; text-align: right; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
th, td { white-space: nowrap; }
a { color: var(--c0); } footer { margin-top: 2em; color: var(--soft); font-size: .85em; overflow-wrap: anywhere; }
)";
}

}  // namespace

std::string page(const std::string& title, const std::string& body, Language language, int refresh) {
  std::string text = "<!DOCTYPE html>\n<html lang=\"";
  text += language == Language::english ? "en" : "vi";
  text += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n";
  if (refresh > 0) text += "<meta http-equiv=\"refresh\" content=\"" + std::to_string(refresh) + "\">\n";
  text += "<title>" + escaped(title) + "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>" + style + colours() +
          "</style>\n</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
  return text;
}

void write_file(const std::string& path, const std::string& text) {
  io::FileSink file;
  models::check(file.open(path.c_str()));
  static_cast<void>(file.write(text.data(), text.size()));
  models::check(file.commit());
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!std::filesystem::is_directory(path, error)) models::refuse("The folder " + path + " cannot be made.");
}

}  // namespace mica::labs
