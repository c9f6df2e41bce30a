#include "progress_display.hpp"

#include <algorithm>
#include <cstdio>

#include "bar.hpp"
#include "format.hpp"

namespace mica::command {

void ProgressDisplay::note(const std::string& text) {
  if (quiet_) return;
  break_line();
  std::puts(text.c_str());
  std::fflush(stdout);
}

void ProgressDisplay::show(const Progress& progress, double seconds, double trained) {
  using namespace std::chrono_literals;
  if (quiet_) return;
  const Clock::time_point now = Clock::now();
  const auto pause = terminal_.interactive ? Clock::duration(100ms) : Clock::duration(10s);
  if (!progress.epoch_ended && now - last_drawn_ < pause) return;
  last_drawn_ = now;

  const double rate = seconds > 0 ? trained / seconds : 0;
  if (!terminal_.interactive) {
    std::puts(line(progress, rate, 0).c_str());
  } else {
    constexpr int narrowest = 6, widest = 40;
    const std::string bare = line(progress, rate, 0);
    const int room = terminal_.width - static_cast<int>(bare.size()) - 2;
    const std::string text = line(progress, rate, std::clamp(room, 0, widest) < narrowest ? 0 : std::min(room, widest));
    // \x1b[K erases what is left of a longer line.
    std::printf("\r%s\x1b[K%s", text.c_str(), progress.epoch_ended ? "\n" : "");
    line_open_ = !progress.epoch_ended;
  }
  std::fflush(stdout);
}

void ProgressDisplay::break_line() {
  if (line_open_) std::putchar('\n');
  line_open_ = false;
}

std::string ProgressDisplay::line(const Progress& progress, double rate, int bar_width) const {
  const double share = static_cast<double>(progress.samples_done) / progress.samples;
  const double left = progress.samples * (progress.epochs - progress.epoch + 1.0 - share);
  std::string text = "Epoch " + std::to_string(progress.epoch) + "/" + std::to_string(progress.epochs);
  if (bar_width > 0) text += " " + bar(share, bar_width, terminal_);
  if (!progress.epoch_ended) text += " " + percent(share, 0);
  const auto figures = [this](const Evaluation& result, const char* name) {
    return fixed(result.loss, 4) + (classifies_ ? name + percent(result.accuracy) : "");
  };
  text += "  " + grouped(static_cast<std::uint64_t>(rate)) + " samples/s  loss " +
          figures(progress.training, "  accuracy ");
  if (progress.epoch_ended && progress.validation.loss > 0)
    text += "  validation " + figures(progress.validation, ", ");
  const bool last = progress.epoch_ended && progress.epoch == progress.epochs;
  if (rate > 0 && !last) text += "  " + duration(left / rate) + " left";
  return text;
}

}  // namespace mica::command
