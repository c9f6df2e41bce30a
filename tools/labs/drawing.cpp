#include "drawing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mica::labs {
namespace {

constexpr double row_height = 26, letter = 8.6, sample = 42, gap = 22;

std::string px(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

// How many letters are seen: bytes that do not go on with a letter of UTF-8.
std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

double width_of(const LegendEntry& entry) { return sample + letter * static_cast<double>(letters(entry.name)) + gap; }

}  // namespace

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

Drawing::Drawing(double width, double height, const std::string& title) {
  svg_ =
      "<svg viewBox=\"0 0 " + px(width) + " " + px(height) + "\" role=\"img\" aria-label=\"" + escaped(title) + "\">\n";
}

void Drawing::line(double x0, double y0, double x1, double y1, const std::string& style) {
  svg_ += "<line class=\"" + style + "\" x1=\"" + px(x0) + "\" y1=\"" + px(y0) + "\" x2=\"" + px(x1) + "\" y2=\"" +
          px(y1) + "\"/>\n";
}

void Drawing::rectangle(double x, double y, double width, double height, const std::string& style,
                        const std::string& attributes) {
  svg_ += "<rect class=\"" + style + "\" x=\"" + px(x) + "\" y=\"" + px(y) + "\" width=\"" + px(std::max(0.0, width)) +
          "\" height=\"" + px(std::max(0.0, height)) + "\" " + attributes + "/>\n";
}

void Drawing::circle(double x, double y, double radius, const std::string& style) {
  svg_ += "<circle class=\"" + style + "\" cx=\"" + px(x) + "\" cy=\"" + px(y) + "\" r=\"" + px(radius) + "\"/>\n";
}

void Drawing::path(const std::string& steps, const std::string& style) {
  svg_ += "<path class=\"" + style + "\" d=\"" + steps + "\"/>\n";
}

void Drawing::text(double x, double y, const std::string& words, const std::string& anchor, const std::string& style,
                   const std::string& attributes) {
  svg_ += "<text class=\"" + style + "\" x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + anchor + "\" " +
          attributes + ">" + escaped(words) + "</text>\n";
}

std::string Drawing::finish() { return svg_ + "</svg>\n"; }

std::string colour_class(int colour, std::size_t i) {
  return " c" + std::to_string((colour < 0 ? i : static_cast<std::size_t>(colour)) % 8);
}

double legend_height(const std::vector<LegendEntry>& entries, double left, double right) {
  double x = left;
  int rows = 1;
  for (const LegendEntry& entry : entries) {
    if (x > left && x + width_of(entry) > right) {
      x = left;
      ++rows;
    }
    x += width_of(entry);
  }
  return rows * row_height;
}

double draw_legend(Drawing& drawing, const std::vector<LegendEntry>& entries, double left, double right, double top) {
  double x = left, y = top + row_height / 2;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double width = width_of(entries[i]);
    if (x > left && x + width > right) {
      x = left;
      y += row_height;
    }
    const std::string colour = colour_class(entries[i].colour, i);
    switch (entries[i].style) {
      case Series::Style::line:
        drawing.line(x, y, x + 32, y, "curve" + colour);
        break;
      case Series::Style::dashed:
        drawing.line(x, y, x + 32, y, "curve dashed" + colour);
        break;
      case Series::Style::points:
        drawing.circle(x + 16, y, 5, "dot" + colour);
        break;
      case Series::Style::bars:
        drawing.rectangle(x + 8, y - 8, 18, 16, "bar" + colour);
        break;
    }
    drawing.text(x + sample - 4, y + 5, entries[i].name, "start");
    x += width;
  }
  return legend_height(entries, left, right);
}

}  // namespace mica::labs
