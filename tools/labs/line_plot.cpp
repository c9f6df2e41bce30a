#include <algorithm>
#include <cmath>
#include <cstdio>

#include "drawing.hpp"

namespace mica::labs {
namespace {

constexpr double width = 900, plot_height = 400, left = 96, right = 872, bottom_room = 66;

std::string step(char command, double x, double y) {
  char text[48];
  std::snprintf(text, sizeof text, "%c%.1f %.1f", command, x, y);
  return text;
}

// Joins the points of a series; what cannot be shown leaves a gap.
std::string steps_of(const Series& series, const Axis& x, const Axis& y) {
  std::string steps;
  bool open = false;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const bool shown = x.shows(series.x[i]) && y.shows(series.y[i]);
    if (shown) steps += step(open ? 'L' : 'M', x.at(series.x[i]), y.at(series.y[i]));
    open = shown;
  }
  return steps;
}

void draw(Drawing& drawing, const Series& series, const std::string& colour, const Axis& x, const Axis& y, double floor,
          double shift) {
  const bool few = series.x.size() <= 24;
  if (series.style == Series::Style::line || series.style == Series::Style::dashed) {
    const std::string steps = steps_of(series, x, y);
    const bool dashed = series.style == Series::Style::dashed;
    if (!steps.empty()) drawing.path(steps, std::string("curve") + (dashed ? " dashed" : "") + colour);
  }
  double bar = 1e9;
  for (std::size_t i = 1; i < series.x.size(); ++i) bar = std::min(bar, x.at(series.x[i]) - x.at(series.x[i - 1]));
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (!x.shows(series.x[i]) || !y.shows(series.y[i])) continue;
    const double px = x.at(series.x[i]), py = y.at(series.y[i]);
    if (series.style == Series::Style::bars) {
      drawing.rectangle(px - bar / 2 + shift * bar, py, bar * 0.92, floor - py, "bar see-through" + colour);
    } else if (series.style == Series::Style::points) {
      drawing.circle(px, py, few ? 5 : 3, "dot" + colour);
    } else if (few) {
      drawing.circle(px, py, 4, "dot" + colour);
    }
  }
}

}  // namespace

std::string svg(const LinePlot& plot, Language language) {
  std::vector<double> xs, ys;
  std::vector<LegendEntry> entries;
  bool bars = false;
  for (const Series& series : plot.series) {
    xs.insert(xs.end(), series.x.begin(), series.x.end());
    ys.insert(ys.end(), series.y.begin(), series.y.end());
    entries.push_back({series.name.in(language), series.style, series.colour});
    bars = bars || series.style == Series::Style::bars;
  }
  for (const Mark& mark : plot.marks) xs.push_back(mark.x);
  const bool legend = entries.size() > 1;
  const double marks = plot.marks.empty() ? 0 : 24;
  const double top = 12 + (legend ? legend_height(entries, left, right) : 0) + marks;
  const double bottom = top + plot_height, height = bottom + bottom_room;
  Axis x(plot.x_scale, xs, left + 12, right - 12);
  Axis y(plot.y_scale, ys, bottom - 8, top + 8, bars);
  if (plot.same_units) {
    // The wider of the two decides.
    const double middle_x = (x.low() + x.high()) / 2, middle_y = (y.low() + y.high()) / 2;
    const double unit = std::max((x.high() - x.low()) / (right - left - 24), (y.high() - y.low()) / (plot_height - 16));
    x.widen(middle_x - unit * (right - left - 24) / 2, middle_x + unit * (right - left - 24) / 2);
    y.widen(middle_y - unit * (plot_height - 16) / 2, middle_y + unit * (plot_height - 16) / 2);
  }

  Drawing drawing(width, height, plot.title.in(language));
  if (legend) draw_legend(drawing, entries, left, right, 6);
  for (const Axis::Tick& tick : x.ticks()) {
    drawing.line(x.at(tick.value), top, x.at(tick.value), bottom, "grid");
    drawing.text(x.at(tick.value), bottom + 22, tick.label, "middle", "tick");
  }
  for (const Axis::Tick& tick : y.ticks()) {
    drawing.line(left, y.at(tick.value), right, y.at(tick.value), "grid");
    drawing.text(left - 8, y.at(tick.value) + 5, tick.label, "end", "tick");
  }
  drawing.rectangle(left, top, right - left, plot_height, "frame");
  drawing.text((left + right) / 2, bottom + 52, plot.x.in(language), "middle", "label");
  const double middle = (top + bottom) / 2;
  drawing.text(22, middle, plot.y.in(language), "middle", "label",
               "transform=\"rotate(-90 22 " + std::to_string(static_cast<int>(middle)) + ")\"");
  for (const Mark& mark : plot.marks) {
    const double at = x.at(mark.x);
    drawing.line(at, top, at, bottom, "mark");
    const bool at_right = at > (left + right) / 2;
    drawing.text(at_right ? std::min(at, right) : std::max(at, left), top - 8, mark.name.in(language),
                 at_right ? "end" : "start", "marked");
  }
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    draw(drawing, plot.series[i], colour_class(plot.series[i].colour, i), x, y, bottom - 8, 0);
  }
  return drawing.finish();
}

Series histogram(Text name, const std::vector<double>& values, double low, double high, int bins) {
  Series series{std::move(name), {}, {}, Series::Style::bars};
  const double bin = (high - low) / bins;
  for (int b = 0; b < bins; ++b) series.add(low + (b + 0.5) * bin, 0);
  for (const double value : values) {
    const auto b = static_cast<long>(std::floor((value - low) / bin));
    if (b >= 0 && b < bins) series.y[static_cast<std::size_t>(b)] += 1 / static_cast<double>(values.size());
  }
  return series;
}

}  // namespace mica::labs
