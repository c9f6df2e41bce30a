#include "plots.hpp"

namespace mica::labs {
namespace {

// In quotes, if it holds what would end a cell.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string exact(double value) { return number(value, 9); }

}  // namespace

std::string csv(const LinePlot& plot) {
  std::string text = "series," + cell(plot.x.english) + "," + cell(plot.y.english) + "\n";
  for (const Series& series : plot.series) {
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      text += cell(series.name.english) + "," + exact(series.x[i]) + "," + exact(series.y[i]) + "\n";
    }
  }
  return text;
}

std::string csv(const BarPlot& plot) {
  std::string text = "group,series," + cell(plot.y.english) + "\n";
  for (const BarPlot::Bars& bars : plot.series) {
    for (std::size_t g = 0; g < plot.groups.size(); ++g) {
      text += cell(plot.groups[g].english) + "," + cell(bars.name.english) + "," + exact(bars.values[g]) + "\n";
    }
  }
  return text;
}

std::string csv(const Heatmap& plot) {
  std::string text = cell(plot.row_title.english) + "," + cell(plot.column_title.english) + ",value\n";
  for (std::size_t r = 0; r < plot.rows.size(); ++r) {
    for (std::size_t c = 0; c < plot.columns.size(); ++c) {
      text += cell(plot.rows[r].english) + "," + cell(plot.columns[c].english) + "," + exact(plot.values[r][c]) + "\n";
    }
  }
  return text;
}

std::string csv(const Table& table) {
  std::string text;
  for (std::size_t c = 0; c < table.heading.size(); ++c) text += (c > 0 ? "," : "") + cell(table.heading[c].english);
  text += "\n";
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) text += (c > 0 ? "," : "") + cell(row[c]);
    text += "\n";
  }
  return text;
}

}  // namespace mica::labs
