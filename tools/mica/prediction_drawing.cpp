#include "prediction_drawing.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

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

// "9, 100.0 % (it is 8)" of a classifier, "error 0.1234 (normal)" of a network that gives its sample back.
std::string verdict(const models::Task& task, models::Goal goal, const Prediction& prediction) {
  const std::string its_class = task.class_name(prediction.label);
  if (goal == models::Goal::anomaly_detection) return "error " + fixed(prediction.error, 4) + " (" + its_class + ")";
  const std::string text = task.class_name(prediction.best) + ", " + percent(prediction.confidence(), 1);
  return text + (prediction.best == prediction.label ? "" : " (it is " + its_class + ")");
}

struct Exhibit {
  TextPicture picture;
  std::string verdict;
};

// Some exhibits in one row, each `column` characters wide.
void print_row(const Exhibit* exhibits, int count, int column) {
  std::size_t lines = 0;
  std::string verdicts;
  for (int i = 0; i < count; ++i) {
    lines = std::max(lines, exhibits[i].picture.lines.size());
    verdicts += std::string(gap, ' ') + exhibits[i].verdict;
    verdicts.resize(static_cast<std::size_t>((i + 1) * (column + gap)), ' ');
  }
  for (std::size_t line = 0; line < lines; ++line) {
    std::string row;
    for (int i = 0; i < count; ++i) row += std::string(gap, ' ') + padded(exhibits[i].picture, line, column);
    print_line(row);
  }
  print_line(verdicts);
  std::putchar('\n');
}

void print_picture(const char* title, const TextPicture& picture) {
  std::puts(title);
  for (const std::string& line : picture.lines) print_line(std::string(gap, ' ') + line);
}

}  // namespace

void print_prediction(const models::Task& task, const Prediction& prediction, const Terminal& terminal) {
  constexpr int bar_width = 24;
  const TextPicture text = draw_or_nothing(task.picture(prediction.sample.data()), terminal);
  const std::size_t classes = prediction.probabilities.size(), lines = std::max(text.lines.size(), classes);
  const std::size_t above = (lines - classes) / 2;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < classes; ++i) longest = std::max(longest, task.class_name(static_cast<int>(i)).size());
  for (std::size_t line = 0; line < lines; ++line) {
    std::string row = std::string(gap, ' ') + padded(text, line, text.width);
    if (line >= above && line - above < classes) {
      const std::size_t i = line - above;
      const float share = prediction.probabilities[i];
      std::string name = task.class_name(static_cast<int>(i));
      name.resize(longest, ' ');
      char figures[32];
      std::snprintf(figures, sizeof figures, " %8s", percent(share).c_str());
      row += "   " + name + " " + bar(share, bar_width, terminal) + figures +
             (static_cast<int>(i) == prediction.best ? " <" : "");
    }
    print_line(row);
  }
}

void print_reconstruction(const models::Task& task, const Prediction& prediction, const Terminal& terminal) {
  print_picture("The sample:", draw_or_nothing(task.picture(prediction.sample.data()), terminal));
  print_picture("What the network gives back:", draw_or_nothing(task.picture(prediction.outputs.data()), terminal));
}

void print_gallery(const models::Network& network, const models::ReferenceModel& model, const models::Samples& samples,
                   const Terminal& terminal) {
  constexpr int most = 4, fewest = 3;
  const models::ModelFacts facts = model.facts();
  std::vector<Exhibit> exhibits;
  int column = 0;
  for (int i = 0; i < std::min(most, samples.size()); ++i) {
    const Prediction prediction = predict(network, facts, samples, i);
    exhibits.push_back({draw_or_nothing(model.task().picture(prediction.sample.data()), terminal),
                        verdict(model.task(), facts.goal, prediction)});
    const int verdict_width = static_cast<int>(exhibits.back().verdict.size());
    column = std::max({column, exhibits.back().picture.width, verdict_width});
  }
  const int shown = static_cast<int>(exhibits.size());
  const int in_a_row = std::clamp(terminal.width / (column + gap), 1, most);
  const int count = std::min(in_a_row < fewest ? 2 * in_a_row : in_a_row, shown);
  for (int first = 0; first < count; first += in_a_row) {
    print_row(exhibits.data() + first, std::min(in_a_row, count - first), column);
  }
}

}  // namespace mica::command
