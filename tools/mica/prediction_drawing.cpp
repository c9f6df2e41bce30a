#include "prediction_drawing.hpp"

#include <algorithm>
#include <cstdio>

#include "bar.hpp"
#include "format.hpp"
#include "picture_drawing.hpp"

namespace mica::command {
namespace {

constexpr int gap = 2;

TextPicture draw_or_nothing(const models::Picture& picture, const Terminal& terminal) {
  return picture.pixels.empty() ? TextPicture{0, {}} : draw(picture, terminal);
}

// A line of `text`, which may have fewer, followed by spaces up to `width` characters.
std::string padded(const TextPicture& text, std::size_t line, int width) {
  const int drawn = line < text.lines.size() ? text.width : 0;
  return (drawn > 0 ? text.lines[line] : "") + std::string(static_cast<std::size_t>(std::max(0, width - drawn)), ' ');
}

void print_line(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  std::puts(line.c_str());
}

std::string verdict(const Prediction& prediction) {
  std::string text = std::to_string(prediction.best) + ", " + percent(prediction.confidence(), 1);
  return text + (prediction.best == prediction.label ? "" : " (it is " + std::to_string(prediction.label) + ")");
}

// Samples first ... first + count - 1 in one row.
void print_row(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
               const Terminal& terminal, int first, int count, int column) {
  std::vector<TextPicture> pictures;
  std::string verdicts;
  for (int i = first; i < first + count; ++i) {
    pictures.push_back(draw_or_nothing(samples.picture(i), terminal));
    verdicts += std::string(gap, ' ') + verdict(predict(network, facts, samples, i));
    verdicts.resize(static_cast<std::size_t>((i - first + 1) * (column + gap)), ' ');
  }
  for (std::size_t line = 0; line < pictures.front().lines.size(); ++line) {
    std::string row;
    for (const TextPicture& picture : pictures) row += std::string(gap, ' ') + padded(picture, line, column);
    print_line(row);
  }
  print_line(verdicts);
  std::putchar('\n');
}

}  // namespace

void print_prediction(const models::Picture& picture, const Prediction& prediction, const Terminal& terminal) {
  constexpr int bar_width = 24;
  const TextPicture text = draw_or_nothing(picture, terminal);
  const std::size_t classes = prediction.probabilities.size(), lines = std::max(text.lines.size(), classes);
  const std::size_t above = (lines - classes) / 2;
  for (std::size_t line = 0; line < lines; ++line) {
    std::string row = std::string(gap, ' ') + padded(text, line, text.width);
    if (line >= above && line - above < classes) {
      const std::size_t i = line - above;
      const float share = prediction.probabilities[i];
      char figures[32];
      std::snprintf(figures, sizeof figures, " %8s", percent(share).c_str());
      row += "   " + std::to_string(i) + " " + bar(share, bar_width, terminal) + figures +
             (static_cast<int>(i) == prediction.best ? " <" : "");
    }
    print_line(row);
  }
}

void print_gallery(const models::Network& network, const models::ModelFacts& facts, const models::Samples& samples,
                   const Terminal& terminal) {
  constexpr int most = 4, fewest = 3;
  constexpr int longest_verdict = 20;  // "9, 100.0 % (it is 8)"
  const int width = draw_or_nothing(samples.picture(0), terminal).width;
  if (width == 0) return;
  const int column = std::max(width, longest_verdict);
  const int in_a_row = std::clamp(terminal.width / (column + gap), 1, most);
  const int count = std::min(in_a_row < fewest ? 2 * in_a_row : in_a_row, samples.size());
  for (int first = 0; first < count; first += in_a_row) {
    print_row(network, facts, samples, terminal, first, std::min(in_a_row, count - first), column);
  }
}

}  // namespace mica::command
