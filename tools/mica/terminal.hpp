#pragma once

namespace mica::command {

// Terminal: what the standard output can show.
struct Terminal {
  bool interactive;  // lines can be drawn over
  bool unicode;      // block characters
  bool colours;      // 256 colours
  int width;         // in characters
};

Terminal terminal();

}  // namespace mica::command
