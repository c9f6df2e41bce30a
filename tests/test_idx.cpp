#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <mica/data/dataset.hpp>
#include <mica/data/idx_dataset.hpp>

using Bytes = std::vector<std::uint8_t>;
using Small = mica::IdxDataset<mica::Shape<3, 2, 1>>;
static_assert(mica::is_dataset<Small>);
static_assert(!mica::is_dataset<int>);
static_assert(!mica::is_dataset<Small, float*>);

namespace {

// Two images of 3x2 pixels, and their labels.
const Bytes image_bytes{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255};
const Bytes label_bytes{0, 0, 8, 1, 0, 0, 0, 2, 7, 9};

mica::io::MemorySource source_of(const Bytes& bytes, const char* name) { return {bytes.data(), bytes.size(), name}; }

// A refusal is one whole sentence that names the file.
void check_refused(const mica::Status& status, const char* name) {
  CHECK(!status.ok());
  const std::string message = status.message();
  CAPTURE(message);
  CHECK(message.find(name) == 0);
  CHECK(message.back() == '.');
}

mica::Status open_images(const Bytes& bytes) {
  const auto source = source_of(bytes, "some-images");
  return mica::IdxImages().open(source);
}
mica::Status open_labels(const Bytes& bytes) {
  const auto source = source_of(bytes, "some-labels");
  return mica::IdxLabels().open(source);
}

Bytes header(std::uint32_t count, std::uint32_t height, std::uint32_t width) {
  Bytes bytes{0, 0, 8, 3};
  for (const std::uint32_t number : {count, height, width}) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  }
  return bytes;
}

// A file that is larger than any memory: its header, and elsewhere the lowest byte of the offset. It can fail.
class Endless final : public mica::io::ByteSource {
 public:
  Endless(Bytes head, std::uint64_t size) : head_(std::move(head)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset >= fails_from || offset > size_ || count > size_ - offset) return false;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t at = offset + i;
      static_cast<std::uint8_t*>(into)[i] =
          at < head_.size() ? head_[static_cast<std::size_t>(at)] : static_cast<std::uint8_t>(at);
    }
    return true;
  }
  const char* name() const override { return "endless"; }
  std::uint64_t fails_from = ~std::uint64_t{0};

 private:
  Bytes head_;
  std::uint64_t size_;
};

class File final : public mica::io::ByteSource {
 public:
  explicit File(std::string path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "rb")) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (file_ != nullptr) std::fclose(file_);
  }
  std::uint64_t size() const override {
    if (file_ == nullptr || std::fseek(file_, 0, SEEK_END) != 0) return 0;
    return static_cast<std::uint64_t>(std::ftell(file_));
  }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    return file_ != nullptr && std::fseek(file_, static_cast<long>(offset), SEEK_SET) == 0 &&
           std::fread(into, 1, count, file_) == count;
  }
  const char* name() const override { return path_.c_str(); }

 private:
  std::string path_;
  std::FILE* file_;
};

}  // namespace

TEST_CASE("images are read at any index") {
  const auto source = source_of(image_bytes, "images");
  mica::IdxImages images;
  CHECK(images.size() == 0);
  REQUIRE(images.open(source).ok());
  CHECK(images.size() == 2);
  CHECK(images.height() == 3);
  CHECK(images.width() == 2);
  std::uint8_t pixels[7] = {99, 99, 99, 99, 99, 99, 99};
  REQUIRE(images.read(1, pixels).ok());
  CHECK(std::memcmp(pixels, image_bytes.data() + 22, 6) == 0);
  CHECK(pixels[6] == 99);
  REQUIRE(images.read(0, pixels).ok());
  CHECK(std::memcmp(pixels, image_bytes.data() + 16, 6) == 0);
  CHECK(std::string(images.read(2, pixels).message()) == "Image 2 was asked for, but there are 2.");
  CHECK(!images.read(-1, pixels).ok());
}

TEST_CASE("labels are read at any index") {
  const auto source = source_of(label_bytes, "labels");
  mica::IdxLabels labels;
  std::uint8_t label = 0;
  CHECK(std::string(labels.read(0, label).message()) == "Label 0 was asked for, but there are 0.");
  REQUIRE(labels.open(source).ok());
  CHECK(labels.size() == 2);
  REQUIRE(labels.read(0, label).ok());
  CHECK(label == 7);
  REQUIRE(labels.read(1, label).ok());
  CHECK(label == 9);
  CHECK(!labels.read(2, label).ok());
  CHECK(!labels.read(-1, label).ok());
  CHECK(labels.check_labels(10).ok());
  CHECK(std::string(labels.check_labels(8).message()) ==
        "labels holds 9 as label 1, but with 8 classes labels are 0 to 7.");
}

TEST_CASE("labels out of range are found behind the first buffer") {
  Bytes bytes{0, 0, 8, 1, 0, 0, 2, 88};
  bytes.resize(8 + 600, 3);
  bytes.back() = 10;
  const auto source = source_of(bytes, "labels");
  mica::IdxLabels labels;
  REQUIRE(labels.open(source).ok());
  CHECK(labels.check_labels(11).ok());
  CHECK(std::string(labels.check_labels(10).message()) ==
        "labels holds 10 as label 599, but with 10 classes labels are 0 to 9.");
}

TEST_CASE("a file cut at any byte is refused") {
  REQUIRE(open_images(image_bytes).ok());
  REQUIRE(open_labels(label_bytes).ok());
  for (std::size_t count = 0; count < image_bytes.size(); ++count) {
    const Bytes cut(image_bytes.begin(), image_bytes.begin() + static_cast<std::ptrdiff_t>(count));
    check_refused(open_images(cut), "some-images");
  }
  for (std::size_t count = 0; count < label_bytes.size(); ++count) {
    const Bytes cut(label_bytes.begin(), label_bytes.begin() + static_cast<std::ptrdiff_t>(count));
    check_refused(open_labels(cut), "some-labels");
  }
  const Bytes cut(image_bytes.begin(), image_bytes.end() - 1);
  CHECK(std::string(open_images(cut).message()) ==
        "some-images claims to hold 2 images of 3x2 pixels, which takes 28 bytes, but it has 27 (cut short).");
  CHECK(std::string(open_images(Bytes(3)).message()) ==
        "some-images has 3 bytes, but the header of an IDX file of images has 16.");
}

TEST_CASE("every flipped bit of the header is refused") {
  for (std::size_t bit = 0; bit < 16 * 8; ++bit) {
    Bytes flipped = image_bytes;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ 1 << bit % 8);
    check_refused(open_images(flipped), "some-images");
  }
  for (std::size_t bit = 0; bit < 8 * 8; ++bit) {
    Bytes flipped = label_bytes;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ 1 << bit % 8);
    check_refused(open_labels(flipped), "some-labels");
  }
}

TEST_CASE("files of another kind or length are refused by what they are") {
  Bytes longer = image_bytes;
  longer.push_back(0);
  CHECK(std::string(open_images(longer).message()) ==
        "some-images claims to hold 2 images of 3x2 pixels, which takes 28 bytes, but it has 29 (too long).");
  CHECK(std::string(open_labels(image_bytes).message()) ==
        "some-labels begins with 0x00000803 (a file of images), but an IDX file of labels begins with 0x00000801.");
  Bytes labels = label_bytes;
  labels.resize(16);
  CHECK(std::string(open_images(labels).message()) ==
        "some-images begins with 0x00000801 (a file of labels), but an IDX file of images begins with 0x00000803.");
  Bytes gzip(20);
  gzip[0] = 0x1f, gzip[1] = 0x8b, gzip[2] = 8;
  CHECK(std::string(open_images(gzip).message()).find("(a gzip file; unpack it first)") != std::string::npos);
}

TEST_CASE("hostile counts are refused, whatever the size of the file") {
  const std::uint32_t all = 0xffffffff;
  const std::uint32_t hostile[][3] = {
      {all, all, all},      {all, 1, 1}, {1, all, all},      {1, 0x10000, 0x10000}, {0, 28, 28},
      {5, 0, 28},           {5, 28, 0},  {0x80000000, 1, 2}, {2, 0x80000000, 1},    {0x7fffffff, 0x7fff, 0x7fff},
      {0x10000, 0x10000, 1}};
  for (const auto& extents : hostile) {
    const Bytes head = header(extents[0], extents[1], extents[2]);
    check_refused(open_images(head), "some-images");
    // What the product is modulo 2^32 must not pass either.
    const std::uint32_t wrapped = 16 + extents[0] * extents[1] * extents[2];
    check_refused(mica::IdxImages().open(Endless(head, wrapped < 16 ? 16 : wrapped)), "endless");
  }
  CHECK(std::string(open_images(header(all, all, all)).message()) ==
        "some-images claims to hold 4294967295 images of 4294967295x4294967295 pixels, but both numbers, images and "
        "pixels each, must be 1 to 2147483647.");
  for (const Bytes& labels : {Bytes{0, 0, 8, 1, 255, 255, 255, 255}, Bytes{0, 0, 8, 1, 0, 0, 0, 0}}) {
    check_refused(open_labels(labels), "some-labels");
  }
}

TEST_CASE("a file larger than the memory is read where it is asked for") {
  const std::uint64_t size = 16 + 784 * std::uint64_t{0x7fffffff};
  const Endless source(header(0x7fffffff, 28, 28), size);
  mica::IdxImages images;
  REQUIRE(images.open(source).ok());
  std::uint8_t pixels[784];
  REQUIRE(images.read(0x7ffffffe, pixels).ok());
  CHECK(pixels[0] == static_cast<std::uint8_t>(size - 784));
  CHECK(pixels[783] == static_cast<std::uint8_t>(size - 1));
}

TEST_CASE("a device that fails is reported with the place") {
  Endless source(header(4, 2, 2), 32);
  source.fails_from = 0;
  CHECK(std::string(mica::IdxImages().open(source).message()) == "endless could not be read at byte 0.");
  source.fails_from = 20;
  mica::IdxImages images;
  REQUIRE(images.open(source).ok());
  std::uint8_t pixels[4];
  CHECK(images.read(0, pixels).ok());
  CHECK(std::string(images.read(1, pixels).message()) == "endless could not be read at byte 20.");

  Endless labels({0, 0, 8, 1, 0, 0, 4, 0}, 8 + 1024);
  mica::IdxLabels reader;
  REQUIRE(reader.open(labels).ok());
  CHECK(reader.check_labels(256).ok());
  labels.fails_from = 8 + 512;
  CHECK(std::string(reader.check_labels(256).message()) == "endless could not be read at byte 520.");
}

TEST_CASE("a reader that cannot open another file stays as it was") {
  const auto good = source_of(image_bytes, "good");
  const auto bad = source_of(label_bytes, "bad");
  mica::IdxImages images;
  REQUIRE(images.open(good).ok());
  CHECK(!images.open(bad).ok());
  std::uint8_t pixels[6];
  CHECK(images.size() == 2);
  CHECK(images.read(1, pixels).ok());
}

TEST_CASE("a long path leaves room for the sentence") {
  const std::string path = std::string(300, 'x') + "/train-images";
  const auto source = source_of(image_bytes, path.c_str());
  const std::string message = mica::IdxLabels().open(source).message();
  CHECK(message.find("...xxx") == 0);
  CHECK(message.find("/train-images begins with 0x00000803") != std::string::npos);
  CHECK(message.back() == '.');
}

TEST_CASE("standardisation is one fused multiply-add") {
  const mica::Standardization standardization = mica::mnist_standardization;
  const float factor = 1.0f / (255.0f * 0.3081f), shift = -0.1307f / 0.3081f;
  CHECK(standardization.factor() == factor);
  CHECK(standardization.shift() == shift);
  std::uint8_t bytes[256];
  float x[256];
  for (int i = 0; i < 256; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  standardization.apply(256, bytes, x);
#if MICA_FMA_HARDWARE || defined(MICA_EXACT)
  for (int i = 0; i < 256; ++i) CHECK(x[i] == std::fma(static_cast<float>(i), factor, shift));
#endif
  for (int i = 0; i < 256; ++i) CHECK(x[i] == doctest::Approx((i / 255.0 - 0.1307) / 0.3081));
  CHECK(x[0] == shift);
}

TEST_CASE("pixels that lie inside the sample are standardised in place, for every length") {
  const mica::Standardization standardization(0.25f, 0.5f);
  for (int n = 0; n <= 200; ++n) {
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(n) + 1);
    for (int i = 0; i < n; ++i) pixels[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i * 37 + n);
    std::vector<float> apart(static_cast<std::size_t>(n) + 1, -7.0f), inside = apart;
    standardization.apply(n, pixels.data(), apart.data());
    std::memcpy(mica::pixels_inside(inside.data(), n), pixels.data(), static_cast<std::size_t>(n));
    standardization.apply(n, mica::pixels_inside(inside.data(), n), inside.data());
    CHECK(apart == inside);
    CHECK(apart.back() == -7.0f);
  }
}

TEST_CASE("a dataset gives standardised samples and their labels") {
  const auto images = source_of(image_bytes, "images");
  const auto labels = source_of(label_bytes, "labels");
  Small data;
  CHECK(data.size() == 0);
  float sample[7] = {0, 0, 0, 0, 0, 0, 42};
  std::uint8_t label = 0;
  CHECK(!data.read(0, sample, label).ok());
  REQUIRE(data.open(images, labels, 10, mica::Standardization(0.0f, 1.0f / 255.0f)).ok());
  CHECK(data.size() == 2);
  REQUIRE(data.read(1, sample, label).ok());
  CHECK(label == 9);
  for (int i = 0; i < 6; ++i) CHECK(sample[i] == static_cast<float>(250 + i));
  CHECK(sample[6] == 42);
  REQUIRE(data.read(0, sample, label).ok());
  CHECK(label == 7);
  for (int i = 0; i < 6; ++i) CHECK(sample[i] == static_cast<float>(i));
  CHECK(!data.read(2, sample, label).ok());
  CHECK(!data.read(-1, sample, label).ok());

  CHECK(mica::IdxDataset<mica::Shape<3, 2>>().open(images, labels).ok());
  CHECK(mica::IdxDataset<mica::Shape<6>>().open(images, labels).ok());
}

TEST_CASE("a dataset refuses what does not belong together") {
  const auto images = source_of(image_bytes, "images");
  const auto labels = source_of(label_bytes, "labels");
  CHECK(std::string(mica::IdxDataset<mica::Shape<2, 3, 1>>().open(images, labels).message()) ==
        "images holds images of 3x2 pixels, but the model takes 2x3.");
  CHECK(std::string(mica::IdxDataset<mica::Shape<7>>().open(images, labels).message()) ==
        "images holds images of 3x2 pixels, but the model takes 7.");
  CHECK(std::string(Small().open(images, labels, 9).message()) ==
        "labels holds 9 as label 1, but with 9 classes labels are 0 to 8.");
  const Bytes three{0, 0, 8, 1, 0, 0, 0, 3, 7, 9, 1};
  const auto more = source_of(three, "more");
  CHECK(std::string(Small().open(images, more).message()) == "images holds 2 images, but more holds 3 labels.");
  check_refused(Small().open(labels, labels), "labels");
  check_refused(Small().open(images, images), "images");

  // A label that changes after the file was opened.
  Bytes changing = label_bytes;
  const auto source = source_of(changing, "changing");
  Small data;
  REQUIRE(data.open(images, source).ok());
  changing[9] = 10;
  float sample[6];
  std::uint8_t label;
  CHECK(data.read(0, sample, label).ok());
  CHECK(std::string(data.read(1, sample, label).message()) ==
        "Label 1 is now 10, but with 10 classes labels are 0 to 9.");
}

TEST_CASE("MNIST") {
  const char* folder = std::getenv("MICA_DATA");
  if (folder == nullptr || *folder == '\0') {
    MESSAGE("MICA_DATA is not set: the reader is tested without MNIST.");
    return;
  }
  struct Part {
    const char* name;
    int size, first_label, first_sum, last_label, last_sum;
  };
  for (const Part& part : {Part{"train", 60000, 5, 27523, 8, 20920}, Part{"t10k", 10000, 7, 18454, 6, 41833}}) {
    const File images(std::string(folder) + "/" + part.name + "-images-idx3-ubyte");
    const File labels(std::string(folder) + "/" + part.name + "-labels-idx1-ubyte");
    mica::IdxDataset<mica::Shape<28, 28, 1>> data;
    const mica::Status status = data.open(images, labels, 10, mica::Standardization(0.0f, 1.0f / 255.0f));
    REQUIRE_MESSAGE(status.ok(), status.message());
    REQUIRE(data.size() == part.size);
    const auto sum_of = [&](int index, int expected_label) {
      float sample[784];
      std::uint8_t label = 0;
      REQUIRE(data.read(index, sample, label).ok());
      CHECK(label == expected_label);
      float sum = 0;
      for (const float pixel : sample) sum += pixel;
      return sum;
    };
    CHECK(sum_of(0, part.first_label) == static_cast<float>(part.first_sum));
    CHECK(sum_of(part.size - 1, part.last_label) == static_cast<float>(part.last_sum));
  }
}
