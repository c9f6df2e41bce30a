#pragma once

#include <string>
#include <vector>

namespace mica::command {

// Table: rows of cells, each column as wide as its widest cell; the first column is set left, the others right.
class Table {
 public:
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace mica::command
