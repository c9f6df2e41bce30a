#include <algorithm>
#include <cmath>

#include "drawing.hpp"

namespace mica::labs {

Axis::Axis(Scale scale, const std::vector<double>& values, double begin, double end, bool from_zero)
    : scale_(scale), low_(0), high_(0), begin_(begin), end_(end) {
  bool any = false;
  for (const double value : values) {
    if (!std::isfinite(value) || (scale == Scale::logarithmic && value <= 0)) continue;
    low_ = any ? std::min(low_, value) : value;
    high_ = any ? std::max(high_, value) : value;
    any = true;
  }
  if (scale == Scale::logarithmic) {
    if (!any) low_ = 0.1, high_ = 10;
    // At least one power of ten on either side of what would be a point.
    if (high_ / low_ < 10) {
      const double middle = std::sqrt(low_ * high_);
      low_ = std::min(low_, middle / 3.2), high_ = std::max(high_, middle * 3.2);
    }
    return;
  }
  if (!any) low_ = 0, high_ = 1;
  if (from_zero) low_ = std::min(low_, 0.0), high_ = std::max(high_, 0.0);
  if (high_ - low_ < 1e-12 * std::max(std::abs(high_), 1e-300)) {
    const double half = high_ == 0 ? 0.5 : std::abs(high_) * 0.5;
    low_ -= from_zero ? 0 : half, high_ += half;
  }
}

void Axis::widen(double low, double high) {
  low_ = low;
  high_ = high;
}

bool Axis::shows(double value) const { return std::isfinite(value) && (scale_ == Scale::linear || value > 0); }

double Axis::at(double value) const {
  const double share =
      scale_ == Scale::linear ? (value - low_) / (high_ - low_) : std::log(value / low_) / std::log(high_ / low_);
  return begin_ + share * (end_ - begin_);
}

std::vector<Axis::Tick> Axis::ticks() const {
  std::vector<Tick> ticks;
  if (scale_ == Scale::logarithmic) {
    const int first = static_cast<int>(std::ceil(std::log10(low_) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(high_) + 1e-9));
    const int step = std::max(1, (last - first + 5) / 6);
    for (int e = first; e <= last; e += step) ticks.push_back({std::pow(10.0, e), number(std::pow(10.0, e))});
    if (last - first < 2) {
      for (int e = first - 1; e <= last; ++e) {
        for (const double digit : {2.0, 5.0}) {
          const double value = digit * std::pow(10.0, e);
          if (value >= low_ && value <= high_) ticks.push_back({value, number(value)});
        }
      }
    }
    return ticks;
  }
  // Steps of 1, 2 or 5 times a power of ten, about six of them.
  const double rough = (high_ - low_) / 6, power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double candidate : {1.0, 2.0, 5.0}) {
    if (candidate * power >= rough * 0.999) {
      step = candidate * power;
      break;
    }
  }
  for (double value = std::ceil(low_ / step - 1e-9) * step; value <= high_ + 1e-9 * step; value += step) {
    ticks.push_back({value, number(std::abs(value) < 1e-9 * step ? 0 : value, 6)});
  }
  return ticks;
}

}  // namespace mica::labs
