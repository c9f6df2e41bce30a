#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace mica::command {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The first of the three that is set decides (POSIX, "Internationalization Variables").
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = environment(name);
    if (locale.empty()) continue;
    for (const char* suffix : {"UTF-8", "UTF8", "utf-8", "utf8"}) {
      if (locale.find(suffix) != std::string::npos) return true;
    }
    return false;
  }
  return false;
}

}  // namespace

Terminal terminal() {
  constexpr int usual_width = 80;
  Terminal result{false, false, false, usual_width};
  const std::string kind = environment("TERM");
  if (isatty(STDOUT_FILENO) == 0 || kind.empty() || kind == "dumb") return result;
  result.interactive = true;
  result.unicode = locale_is_utf8();
  // https://no-color.org
  result.colours = result.unicode && environment("NO_COLOR").empty() && kind.find("256") != std::string::npos;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) result.width = size.ws_col;
  return result;
}

}  // namespace mica::command
