#include "table.hpp"

#include <algorithm>
#include <cstdio>

namespace mica::command {

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& cells : rows_) {
    widths.resize(std::max(widths.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
  }
  std::string text;
  for (const auto& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string space(widths[i] - cells[i].size(), ' ');
      text += i == 0 ? "  " + cells[i] + space : "   " + space + cells[i];
    }
    text += '\n';
  }
  return text;
}

void Table::print() const { std::fputs(text().c_str(), stdout); }

}  // namespace mica::command
