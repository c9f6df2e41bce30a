#include <algorithm>
#include <cmath>

#include "drawing.hpp"

namespace mica::labs {
namespace {

constexpr double width = 900, left = 96, right = 872;

}  // namespace

std::string svg(const BarPlot& plot, Language language) {
  constexpr double plot_height = 380;
  std::vector<double> values;
  std::vector<LegendEntry> entries;
  for (const BarPlot::Bars& bars : plot.series) {
    values.insert(values.end(), bars.values.begin(), bars.values.end());
    entries.push_back({bars.name.in(language), Series::Style::bars, -1});
  }
  const bool legend = entries.size() > 1;
  const double top = 12 + (legend ? legend_height(entries, left, right) : 0) + 20, bottom = top + plot_height;
  Axis y(plot.y_scale, values, bottom, top + 8, plot.y_scale == Scale::linear);
  if (plot.y_scale == Scale::logarithmic) y.widen(y.low() / 2, y.high());
  Drawing drawing(width, bottom + 48, plot.title.in(language));
  if (legend) draw_legend(drawing, entries, left, right, 6);
  for (const Axis::Tick& tick : y.ticks()) {
    drawing.line(left, y.at(tick.value), right, y.at(tick.value), "grid");
    drawing.text(left - 8, y.at(tick.value) + 5, tick.label, "end", "tick");
  }
  const double middle = (top + bottom) / 2;
  drawing.text(22, middle, plot.y.in(language), "middle", "label",
               "transform=\"rotate(-90 22 " + std::to_string(static_cast<int>(middle)) + ")\"");
  const double group = (right - left) / static_cast<double>(plot.groups.size());
  const double bar = group * 0.8 / static_cast<double>(plot.series.size());
  const double floor = plot.y_scale == Scale::linear ? y.at(0) : bottom;
  for (std::size_t g = 0; g < plot.groups.size(); ++g) {
    const double begin = left + group * (static_cast<double>(g) + 0.1);
    drawing.text(left + group * (static_cast<double>(g) + 0.5), bottom + 24, plot.groups[g].in(language), "middle",
                 "tick");
    for (std::size_t s = 0; s < plot.series.size(); ++s) {
      const double value = g < plot.series[s].values.size() ? plot.series[s].values[g] : std::nan("");
      if (!y.shows(value)) continue;
      const double x = begin + bar * static_cast<double>(s), at = y.at(value);
      drawing.rectangle(x + 1, std::min(at, floor), bar - 2, std::abs(floor - at), "bar c" + std::to_string(s % 8));
      if (bar > 30) drawing.text(x + bar / 2, std::min(at, floor) - 5, number(value), "middle", "value");
    }
  }
  drawing.line(left, floor, right, floor, "axis");
  return drawing.finish();
}

std::string svg(const Heatmap& plot, Language language) {
  std::vector<double> values;
  for (const auto& row : plot.values) values.insert(values.end(), row.begin(), row.end());
  values.erase(std::remove_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); }), values.end());
  const double low = values.empty() ? 0 : *std::min_element(values.begin(), values.end());
  const double high = values.empty() ? 1 : *std::max_element(values.begin(), values.end());
  std::size_t longest = 0;
  for (const Text& row : plot.rows) longest = std::max(longest, row.in(language).size());
  const double names = 40 + 8.6 * static_cast<double>(longest), top = 64, cell_height = 46;
  const double cell = (right - names) / static_cast<double>(plot.columns.size());
  const double bottom = top + cell_height * static_cast<double>(plot.rows.size());
  Drawing drawing(width, bottom + 16, plot.title.in(language));
  drawing.text((names + right) / 2, 22, plot.column_title.in(language), "middle", "label");
  const double middle = (top + bottom) / 2;
  drawing.text(18, middle, plot.row_title.in(language), "middle", "label",
               "transform=\"rotate(-90 18 " + std::to_string(static_cast<int>(middle)) + ")\"");
  for (std::size_t c = 0; c < plot.columns.size(); ++c) {
    drawing.text(names + cell * (static_cast<double>(c) + 0.5), top - 12, plot.columns[c].in(language), "middle",
                 "tick");
  }
  for (std::size_t r = 0; r < plot.rows.size(); ++r) {
    const double y = top + cell_height * static_cast<double>(r);
    drawing.text(names - 10, y + cell_height / 2 + 5, plot.rows[r].in(language), "end", "tick");
    for (std::size_t c = 0; c < plot.columns.size(); ++c) {
      const double value = plot.values[r][c], x = names + cell * static_cast<double>(c);
      const double share = !std::isfinite(value) || high <= low ? 0 : (value - low) / (high - low);
      // From a light yellow to a dark blue, with the number in a colour that stands out, in either scheme.
      const int red = static_cast<int>(250 - 225 * share), green = static_cast<int>(240 - 190 * share);
      const int blue = static_cast<int>(190 - 70 * share);
      drawing.rectangle(
          x + 1, y + 1, cell - 2, cell_height - 2, "cell",
          "fill=\"rgb(" + std::to_string(red) + "," + std::to_string(green) + "," + std::to_string(blue) + ")\"");
      drawing.text(x + cell / 2, y + cell_height / 2 + 6, number(value, plot.digits), "middle",
                   share > 0.5 ? "on-dark" : "on-light");
    }
  }
  return drawing.finish();
}

std::string html(const Table& table, Language language) {
  std::string text = "<table>\n<tr>";
  for (const Text& cell : table.heading) text += "<th>" + escaped(cell.in(language)) + "</th>";
  text += "</tr>\n";
  for (const auto& row : table.rows) {
    text += "<tr>";
    for (const std::string& cell : row) text += "<td>" + escaped(cell) + "</td>";
    text += "</tr>\n";
  }
  return text + "</table>\n";
}

}  // namespace mica::labs
