#pragma once

#include <mica/kernels/random.hpp>
#include <mica/shape.hpp>

#include "colour.hpp"
#include "direction.hpp"
#include "draws.hpp"
#include "picture.hpp"
#include "textured_object.hpp"
#include "wave.hpp"

namespace mica::models {

// TexturedShapes: colour images of 32x32 pixels with one object: a disc, ring, square, triangle or cross, striped or
// spotted in two colours: ten classes. Colours, place, size, proportions and direction say nothing about the class. The
// ground shades from one colour into another and is rippled; a plain blob lies on it; every pixel is noisy.
struct TexturedShapes {
  static constexpr int side = 32, channels = 3;
  using Sample = Shape<side, side, channels>;
  static constexpr const char* description = "generated shapes: colour images of 32x32 pixels, 10 classes";
  static constexpr int classes = 10, training_classes = 10;
  static constexpr int training_samples = 6000, test_samples = 2000;
  static constexpr const char* class_names[classes] = {
      "striped disc",   "spotted disc",     "striped ring",     "spotted ring",  "striped square",
      "spotted square", "striped triangle", "spotted triangle", "striped cross", "spotted cross"};

  static void draw(int label, Random random, float* sample) {
    Draws draws(random.fork(0));
    const Ground ground(draws);
    const TexturedObject object(draws, label / 2, label % 2 == 1, between(ground.from, ground.to, 0.5f));
    float noise[Sample::size];
    kernels::fill_normal(Sample::size, random.fork(1), draws.between(0.02f, 0.08f), 1.0f, noise);
    for (int i = 0; i < side * side; ++i) {
      const float x = static_cast<float>(i % side) - 0.5f * (side - 1);
      const float y = static_cast<float>(i / side) - 0.5f * (side - 1);
      const Colour under = ground.at(x, y);
      const float covered = object.coverage(x, y);
      const Colour over = covered > 0.0f ? object.at(x, y) : under;
      for (int c = 0; c < channels; ++c) {
        const float value = mixed(under.rgb[c], over.rgb[c], covered) + noise[i * channels + c];
        sample[i * channels + c] = (value - mean) / deviation;
      }
    }
  }

  static Picture picture(const float* sample) {
    Picture picture{side, side, {}, channels};
    for (int i = 0; i < Sample::size; ++i) {
      picture.pixels.push_back(brightness(sample[i] * deviation + mean, 0.0f, 1.0f));
    }
    return picture;
  }

 private:
  static constexpr float mean = 0.5f, deviation = 0.25f;

  struct Ground {
    Colour from, to, blob;
    Direction shade, ripples;
    float ripple, wavelength, blob_x, blob_y, blob_radius;

    explicit Ground(Draws& draws)
        : from(any_colour(draws)),
          to(between(from, any_colour(draws), 0.5f)),
          blob(any_colour(draws)),
          shade(draws.between(0.0f, 1.0f)),
          ripples(draws.between(0.0f, 1.0f)),
          ripple(draws.between(0.0f, 0.12f)),
          wavelength(draws.between(4.0f, 16.0f)),
          blob_x(draws.between(-16.0f, 16.0f)),
          blob_y(draws.between(-16.0f, 16.0f)),
          blob_radius(draws.between(2.0f, 5.0f)) {}

    Colour at(float x, float y) const {
      const float dx = x - blob_x, dy = y - blob_y;
      if (dx * dx + dy * dy < blob_radius * blob_radius) return blob;
      Colour colour = between(from, to, 0.5f + shade.along(x, y) / side);
      for (float& value : colour.rgb) value += ripple * sine(ripples.along(x, y) / wavelength);
      return colour;
    }
  };
};

}  // namespace mica::models
