#include "layout.hpp"

#include <algorithm>

namespace mica::onnx {

std::int64_t extent(const Axis& axis) {
  std::int64_t size = 1;
  for (const Run& run : axis) size *= run.size;
  return size;
}

std::int64_t product(const Extents& extents) {
  std::int64_t size = 1;
  for (const std::int64_t e : extents) size *= e;
  return size;
}

Extents Layout::dims() const {
  Extents extents;
  for (const Axis& axis : axes) extents.push_back(extent(axis));
  return extents;
}

std::int64_t Layout::sample_size() const { return product(shape); }

bool has_batch(const Axis& axis) {
  return std::any_of(axis.begin(), axis.end(), [](const Run& run) { return run.stride == batch_stride; });
}

bool only_batch(const Axis& axis) { return axis.empty() || (axis.size() == 1 && axis[0].stride == batch_stride); }

Axis merged(const Axis& axis) {
  Axis runs;
  for (const Run& run : axis) {
    if (!runs.empty() && run.stride != batch_stride && runs.back().stride == run.size * run.stride) {
      runs.back() = {runs.back().size * run.size, run.stride};
    } else {
      runs.push_back(run);
    }
  }
  return runs;
}

bool same_axes(const Layout& a, const Layout& b) {
  if (a.rank() != b.rank()) return false;
  for (std::size_t i = 0; i < a.axes.size(); ++i) {
    if (!(merged(a.axes[i]) == merged(b.axes[i]))) return false;
  }
  return true;
}

Layout ordered_layout(const Extents& dims, const std::vector<int>& order) {
  Layout layout;
  layout.axes.resize(dims.size());
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] != 1) layout.axes[i] = {{dims[i], batch_stride}};
  }
  std::int64_t stride = 1;
  for (auto axis = order.rbegin(); axis != order.rend(); ++axis) {
    const std::int64_t size = dims[static_cast<std::size_t>(*axis)];
    if (size != 1) layout.axes[static_cast<std::size_t>(*axis)] = {{size, stride}};
    stride *= size;
    layout.shape.insert(layout.shape.begin(), size);
  }
  if (layout.shape.empty()) layout.shape = {1};
  return layout;
}

bool reshape(const Layout& from, const Extents& dims, Layout& to) {
  std::vector<Run> rest;
  for (const Axis& axis : from.axes) rest.insert(rest.end(), axis.begin(), axis.end());
  std::reverse(rest.begin(), rest.end());  // the next run is at the back
  to = {{}, from.shape};
  for (const std::int64_t wanted : dims) {
    Axis axis;
    for (std::int64_t missing = wanted; missing != 1;) {
      if (rest.empty() || missing <= 0) return false;
      Run& run = rest.back();
      if (missing % run.size == 0) {
        missing /= run.size;
        axis.push_back(run);
        rest.pop_back();
      } else if (run.size % missing == 0 && run.stride != batch_stride) {
        // The outer part of the run belongs to this axis.
        const std::int64_t inner = run.size / missing;
        axis.push_back({missing, run.stride * inner});
        run.size = inner;
        missing = 1;
      } else {
        return false;
      }
    }
    to.axes.push_back(axis);
  }
  return rest.empty();
}

Axis joined(const Layout& layout, int first, int count) {
  Axis runs;
  for (int i = first; i < first + count; ++i) {
    const Axis& axis = layout.axes[static_cast<std::size_t>(i)];
    runs.insert(runs.end(), axis.begin(), axis.end());
  }
  return runs;
}

std::vector<std::int32_t> offsets(const Axis& axis) {
  std::vector<std::int32_t> all(static_cast<std::size_t>(extent(axis)));
  std::size_t period = all.size();
  for (const Run& run : axis) {
    const std::size_t size = static_cast<std::size_t>(run.size);
    period /= size;  // how long this run stays where it is
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] += static_cast<std::int32_t>(static_cast<std::int64_t>(i / period % size) * run.stride);
    }
  }
  return all;
}

bool is_block(const Axis& axis, std::int64_t stride) {
  Axis runs = axis;
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.stride < b.stride; });
  for (const Run& run : runs) {
    if (run.stride != stride) return false;
    stride *= run.size;
  }
  return true;
}

bool is_run(const Axis& axis, std::int64_t stride) {
  const Axis runs = merged(axis);
  return runs.empty() || (runs.size() == 1 && runs[0].stride == stride);
}

std::string text(const Extents& extents) {
  std::string words;
  for (const std::int64_t e : extents) words += "[" + std::to_string(e) + "]";
  return words;
}

}  // namespace mica::onnx
