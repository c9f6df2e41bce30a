#include "grid.hpp"

#include <cmath>
#include <cstdio>
#include <utility>

namespace mica::choosing {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

Grid::Grid(std::string corner, std::vector<std::string> cases, std::vector<std::string> notes, Best best, int decimals)
    : corner_(std::move(corner)),
      cases_(std::move(cases)),
      notes_(std::move(notes)),
      best_(best),
      decimals_(decimals) {}

void Grid::add(std::string choice, std::vector<Scores> scores, std::vector<std::string> notes) {
  rows_.push_back({std::move(choice), std::move(scores), std::move(notes)});
}

std::string Grid::number(double value) const {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals_, value);
  return text;
}

std::string Grid::cell(const Scores& scores) const {
  return number(scores.mean()) + " (" + number(scores.lowest()) + " to " + number(scores.highest()) + ")";
}

const Grid::Row& Grid::best_of(std::size_t which) const {
  const Row* best = &rows_.front();
  for (const Row& row : rows_) {
    const double mean = row.scores[which].mean(), other = best->scores[which].mean();
    if (best_ == Best::highest ? mean > other : mean < other) best = &row;
  }
  return *best;
}

bool Grid::ties(const Scores& scores, const Scores& best) const {
  return best_ == Best::highest ? scores.highest() >= best.lowest() : scores.lowest() <= best.highest();
}

std::string Grid::finding(std::size_t which) const {
  const Row& best = best_of(which);
  std::vector<std::string> level, behind;
  double gap = HUGE_VAL;
  for (const Row& row : rows_) {
    if (&row == &best) continue;
    const Scores& scores = row.scores[which];
    if (ties(scores, best.scores[which])) {
      level.push_back(row.choice);
    } else {
      behind.push_back(row.choice);
      gap = std::fmin(gap, std::fabs(scores.mean() - best.scores[which].mean()));
    }
  }
  const std::string text = cases_[which] + ": " + best.choice + " (" + number(best.scores[which].mean()) + ")";
  if (behind.empty()) return text + "; all others within its spread";
  return text + (level.empty() ? "" : "; within its spread " + joined(level)) + "; behind by " + number(gap) +
         " or more " + joined(behind);
}

void Grid::print(std::ostream& out) const {
  out << "| " << corner_;
  for (const auto* headings : {&cases_, &notes_}) {
    for (const std::string& heading : *headings) out << " | " << heading;
  }
  out << " |\n|";
  for (std::size_t i = 0; i < 1 + cases_.size() + notes_.size(); ++i) out << " --- |";
  out << '\n';
  for (const Row& row : rows_) {
    out << "| " << row.choice;
    for (const Scores& scores : row.scores) out << " | " << cell(scores);
    for (const std::string& note : row.notes) out << " | " << note;
    out << " |\n";
  }
  out << "\nBest mean, by case:\n\n";
  for (std::size_t i = 0; i < cases_.size(); ++i) out << "- " << finding(i) << ".\n";
  out << '\n';
}

}  // namespace mica::choosing
