#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "scores.hpp"

namespace mica::choosing {

// Grid: a table of choices (rows) in several cases (columns), and what it says about each case.
class Grid {
 public:
  enum class Best { highest, lowest };

  // `corner` is the heading of the choices; further headings without scores may follow the cases, such as bytes.
  Grid(std::string corner, std::vector<std::string> cases, std::vector<std::string> notes = {},
       Best best = Best::highest, int decimals = 1);

  void add(std::string choice, std::vector<Scores> scores, std::vector<std::string> notes = {});

  // The table in Markdown and the finding under it.
  void print(std::ostream& out) const;

 private:
  struct Row {
    std::string choice;
    std::vector<Scores> scores;
    std::vector<std::string> notes;
  };
  std::string number(double value) const;
  std::string cell(const Scores& scores) const;
  std::string finding(std::size_t which) const;
  const Row& best_of(std::size_t which) const;
  // Whether one choice cannot be told from the best: their ranges over the seeds meet.
  bool ties(const Scores& scores, const Scores& best) const;

  std::string corner_;
  std::vector<std::string> cases_, notes_;
  Best best_;
  int decimals_;
  std::vector<Row> rows_;
};

}  // namespace mica::choosing
