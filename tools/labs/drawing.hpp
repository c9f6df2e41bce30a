#pragma once

#include <string>
#include <vector>

#include "plots.hpp"

namespace mica::labs {

// Text in HTML and SVG.
std::string escaped(const std::string& text);

// Axis: where a number lies on a scale, in pixels, and which numbers to write beside it.
class Axis {
 public:
  // From the smallest to the largest of the values that the scale can show, with a little room.
  Axis(Scale scale, const std::vector<double>& values, double begin, double end, bool from_zero = false);

  bool shows(double value) const;
  double at(double value) const;
  double low() const { return low_; }
  double high() const { return high_; }
  void widen(double low, double high);

  struct Tick {
    double value;
    std::string label;
  };
  std::vector<Tick> ticks() const;

 private:
  Scale scale_;
  double low_, high_, begin_, end_;
};

// Drawing: an SVG picture in the making. Colours and widths come from the page's style sheet by class.
class Drawing {
 public:
  Drawing(double width, double height, const std::string& title);

  void line(double x0, double y0, double x1, double y1, const std::string& style);
  void rectangle(double x, double y, double width, double height, const std::string& style,
                 const std::string& attributes = "");
  void circle(double x, double y, double radius, const std::string& style);
  void path(const std::string& steps, const std::string& style);
  // anchor: start, middle, end.
  void text(double x, double y, const std::string& words, const std::string& anchor, const std::string& style = "",
            const std::string& attributes = "");
  std::string finish();

 private:
  std::string svg_;
};

// Rows of names with their colours, above a picture; returns the height they take.
struct LegendEntry {
  std::string name;
  Series::Style style;
  int colour = -1;
};
// The class of the style sheet for the colour that was asked for, or else of series i.
std::string colour_class(int colour, std::size_t i);
double draw_legend(Drawing& drawing, const std::vector<LegendEntry>& entries, double left, double right, double top);
double legend_height(const std::vector<LegendEntry>& entries, double left, double right);

}  // namespace mica::labs
