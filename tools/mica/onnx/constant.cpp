#include "constant.hpp"

#include "read_model.hpp"

namespace mica::onnx {

bool make_constant(Bytes message, Constant& constant, std::string_view* name, std::string& failure) {
  TensorView view;
  if (!read_tensor(message, view, failure)) return false;
  if (name != nullptr) *name = view.name;
  std::size_t count = 0;
  if (!count_elements(view.dims, count)) {
    failure = "The tensor " + quoted(view.name) + " at byte " + std::to_string(message.offset) +
              " has extents that no tensor here can have: " + text(view.dims) + ".";
    return false;
  }
  constant.dims = view.dims;
  constant.tensor = message;
  if (view.type == TensorView::float32 || view.elsewhere) {
    if (!check_floats(view, failure)) return false;
  } else if (count > message.size) {
    failure = "The tensor " + quoted(view.name) + " at byte " + std::to_string(message.offset) + " claims " +
              std::to_string(count) + " numbers in " + std::to_string(message.size) + " bytes.";
    return false;
  }
  constant.is_integer = view.type == TensorView::int64 || view.type == TensorView::int32;
  return !constant.is_integer || read_integers(view, constant.integers, failure);
}

bool read_floats(const Constant& constant, std::vector<float>& numbers, std::string& failure) {
  if (constant.uniform) {
    // Nothing in the file stands behind these numbers.
    constexpr std::int64_t most_repeated = 4096;
    if (constant.size() > most_repeated) {
      failure = "A constant repeats one number " + std::to_string(constant.size()) + " times, which is too often.";
      return false;
    }
    numbers.assign(static_cast<std::size_t>(constant.size()), *constant.uniform);
    return true;
  }
  if (constant.is_integer) {
    failure = "Whole numbers stand where float32 is expected.";
    return false;
  }
  if (!constant.floats.empty()) {
    numbers = constant.floats;
    return true;
  }
  TensorView view;
  if (!read_tensor(constant.tensor, view, failure) || !read_floats(view, numbers, failure)) return false;
  if (constant.permutation.empty()) return true;

  std::vector<float> moved(numbers.size());
  std::vector<int> order;
  for (std::size_t i = 0; i < constant.stored.size(); ++i) order.push_back(static_cast<int>(i));
  const Layout layout = ordered_layout(constant.stored, order);
  Axis all;
  for (const int axis : constant.permutation) {
    const Axis& runs = layout.axes[static_cast<std::size_t>(axis)];
    all.insert(all.end(), runs.begin(), runs.end());
  }
  const std::vector<std::int32_t> from = offsets(all);
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = numbers[static_cast<std::size_t>(from[i])];
  numbers = std::move(moved);
  return true;
}

std::optional<float> single_float(const Constant& constant) {
  if (constant.uniform) return constant.uniform;
  if (constant.is_integer || constant.size() != 1) return {};
  std::vector<float> numbers;
  std::string failure;
  if (!read_floats(constant, numbers, failure)) return {};
  return numbers[0];
}

bool all_equal(const Constant& constant, float value) {
  if (constant.uniform) return *constant.uniform == value;
  std::vector<float> numbers;
  std::string failure;
  if (constant.is_integer || !read_floats(constant, numbers, failure)) return false;
  for (const float number : numbers) {
    if (!(number == value)) return false;
  }
  return true;
}

Constant of_integers(std::vector<std::int64_t> numbers) {
  Constant constant;
  constant.is_integer = true;
  constant.dims = {static_cast<std::int64_t>(numbers.size())};
  constant.integers = std::move(numbers);
  return constant;
}

bool transpose(Constant& constant, const std::vector<std::int64_t>& permutation) {
  if (!constant.permutation.empty() || !constant.floats.empty() || constant.is_integer ||
      permutation.size() != constant.dims.size())
    return false;
  std::vector<bool> seen(permutation.size());
  Extents dims;
  for (const std::int64_t axis : permutation) {
    if (axis < 0 || axis >= static_cast<std::int64_t>(seen.size()) || seen[static_cast<std::size_t>(axis)])
      return false;
    seen[static_cast<std::size_t>(axis)] = true;
    dims.push_back(constant.dims[static_cast<std::size_t>(axis)]);
  }
  constant.stored = constant.dims;
  for (const std::int64_t axis : permutation) constant.permutation.push_back(static_cast<int>(axis));
  constant.dims = dims;
  return true;
}

}  // namespace mica::onnx
