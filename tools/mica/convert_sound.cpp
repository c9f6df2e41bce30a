#include <algorithm>
#include <memory>
#include <optional>

#include <mica/data/log_mel.hpp>
#include <mica/data/wav.hpp>
#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "convert.hpp"

namespace mica::command {
namespace {

// Features: the frames that mica::LogMel<rate, window, hop, bands> computes, with settings known at run time.
class Features {
 public:
  Features(int samples_per_second, const ConvertOptions& options)
      : rate(samples_per_second),
        window_(per_milliseconds(options.window)),
        hop_(per_milliseconds(options.hop)),
        bands_(options.bands) {
    if (window_ < 8 || window_ > 8192 || hop_ < 1) {
      models::refuse("At " + std::to_string(rate) + " samples in a second, --window " + std::to_string(options.window) +
                     " means " + std::to_string(window_) + " samples; 8 to 8192 were expected.");
    }
    int size = 8;
    while (size < window_) size *= 2;
    const MelScale scale{rate, size, bands_, 0, rate / 2};
    hann_.resize(static_cast<std::size_t>(window_ / 2 + 1));
    sine_.resize(static_cast<std::size_t>(size / 4 + 1));
    bins_.resize(static_cast<std::size_t>(scale.count()));
    numbers_.resize(static_cast<std::size_t>(size));
    fill_hann(window_, hann_.data());
    fill_quarter_sine(size, sine_.data());
    if (!scale.fill(bins_.data())) {
      models::refuse("--bands " + std::to_string(bands_) + " is too many for a window of " + std::to_string(window_) +
                     " samples: a band would lie between two bins of the spectrum and always be empty.");
    }
    plan_ = {hann_.data(), sine_.data(), bins_.data(), window_, size, bands_, scale.first(), scale.count()};
  }

  int frames(int samples) const { return samples < window_ ? 0 : (samples - window_) / hop_ + 1; }
  int window() const { return window_; }

  void append(const std::vector<std::int16_t>& samples, std::vector<float>& to) {
    std::vector<float> frame(static_cast<std::size_t>(bands_));
    for (int i = 0; i < frames(static_cast<int>(samples.size())); ++i) {
      log_mel_frame(plan_, samples.data() + i * hop_, 0, 1e-6f, numbers_.data(), frame.data());
      to.insert(to.end(), frame.begin(), frame.end());
    }
  }

  const int rate;

 private:
  int per_milliseconds(int milliseconds) const {
    return static_cast<int>(std::min<std::int64_t>(std::int64_t{rate} * milliseconds / 1000, 1 << 20));
  }
  int window_, hop_, bands_;
  std::vector<std::int32_t> hann_, sine_, numbers_;
  std::vector<MelBin> bins_;
  LogMelPlan plan_{};
};

// Sounds: what all files must have alike.
struct Sounds {
  ConvertOptions options;
  std::optional<Features> features;
  int rate = 0, length = 0;

  void begin(const std::string& path, const WavReader& sound, int samples, ConvertedData& data) {
    rate = sound.rate();
    length = samples;
    if (options.raw) {
      data.shape = {length, 1};
      return;
    }
    features.emplace(rate, options);
    const int frames = features->frames(length);
    if (frames == 0) {
      models::refuse(path + " has " + std::to_string(length) + " samples, fewer than the window of " +
                     std::to_string(features->window()) + ".");
    }
    data.shape = {frames, options.bands};
  }

  void add(const std::string& path, ConvertedData& data) {
    io::FileSource file;
    models::check(file.open(path.c_str()));
    WavReader sound;
    models::check(sound.open(file));
    const int found = static_cast<int>(std::min<std::uint32_t>(sound.size(), 1u << 30));
    if (data.labels.empty()) begin(path, sound, options.samples > 0 ? options.samples : found, data);
    if (sound.rate() != rate) {
      models::refuse(path + " has " + std::to_string(sound.rate()) + " samples in a second, but those before have " +
                     std::to_string(rate) + ".");
    }
    if (found != length && options.samples == 0) {
      models::refuse(path + " has " + std::to_string(found) + " samples, but those before have " +
                     std::to_string(length) + "; --samples N cuts and fills up with silence.");
    }
    std::vector<std::int16_t> samples(static_cast<std::size_t>(length));
    models::check(sound.read_mono(0, std::min(found, length), samples.data()));
    if (!options.raw) return features->append(samples, data.numbers);
    for (const std::int16_t sample : samples) data.numbers.push_back(static_cast<float>(sample) / 32768);
  }
};

}  // namespace

AddFile sound_adder(const ConvertOptions& options) {
  const auto sounds = std::make_shared<Sounds>();
  sounds->options = options;
  return [sounds](const std::string& path, ConvertedData& data) { sounds->add(path, data); };
}

}  // namespace mica::command
