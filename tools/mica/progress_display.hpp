#pragma once

#include <chrono>
#include <string>

#include <mica/fit.hpp>

#include "terminal.hpp"

namespace mica::command {

// ProgressDisplay: shows how training goes: on a terminal a bar per epoch, drawn over several times a second; elsewhere
// a plain line per epoch, and one every ten seconds in epochs that take long.
class ProgressDisplay {
 public:
  ProgressDisplay(bool quiet, const Terminal& terminal) : quiet_(quiet), terminal_(terminal) {}
  ~ProgressDisplay() { break_line(); }
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  // Whether the model has classes, and so accuracy beside the loss; it has unless told otherwise.
  void set_classifies(bool classifies) { classifies_ = classifies; }
  // A remark, on a line of its own.
  void note(const std::string& text);
  // `seconds` is how long the training so far took, `trained` the samples that were trained on in that time.
  void show(const Progress& progress, double seconds, double trained);
  // Ends a line that is being drawn over.
  void break_line();

 private:
  using Clock = std::chrono::steady_clock;

  std::string line(const Progress& progress, double rate, int bar_width) const;

  bool quiet_, classifies_ = true;
  Terminal terminal_;
  bool line_open_ = false;
  Clock::time_point last_drawn_ = Clock::now();
};

}  // namespace mica::command
