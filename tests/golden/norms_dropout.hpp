// Dropout: each value and its gradient when it is kept, and the value when it is dropped.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

struct Dropout0 {
  static constexpr Draw x{501, 1, 2.0f}, dy{501, 3};
  static constexpr int count = 12;
  using Layer = mica::Dropout<1, 5>;
  static constexpr float kept[] = {1.2612915f, -0.504837036f, -0.144348145f, 2.15393066f, 2.15782166f, -1.00349426f, 0.0901031494f, 0.374221802f, 2.32521057f, -0.50239563f, 0.833969116f, 2.25753784f};
  static constexpr float kept_dx[] = {-0.837097168f, -0.287895203f, -0.582122803f, 0.357437134f, -0.463790894f, 0.317573547f, -0.473976135f, 0.203666687f, -0.737953186f, 0.245513916f, 0.00709533691f, 0.281448364f};
  static constexpr float dropped[] = {0.0f, -0.0f, -0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f};
};
struct Dropout1 {
  static constexpr Draw x{502, 1, 2.0f}, dy{502, 3};
  static constexpr int count = 12;
  using Layer = mica::Dropout<1, 2>;
  static constexpr float kept[] = {-1.01794434f, -0.253662109f, 1.25964355f, -3.88745117f, -1.81506348f, 1.88366699f, -1.81152344f, 3.28503418f, 2.2755127f, 0.747558594f, -1.59619141f, -3.38378906f};
  static constexpr float kept_dx[] = {-1.03594971f, -0.762939453f, -0.29510498f, 1.68536377f, 1.82543945f, 1.29382324f, -0.932800293f, 0.340209961f, 1.2857666f, -0.808959961f, -1.3270874f, -0.540466309f};
  static constexpr float dropped[] = {-0.0f, -0.0f, 0.0f, -0.0f, -0.0f, 0.0f, -0.0f, 0.0f, 0.0f, 0.0f, -0.0f, -0.0f};
};
struct Dropout2 {
  static constexpr Draw x{503, 1, 2.0f}, dy{503, 3};
  static constexpr int count = 12;
  using Layer = mica::Dropout<3, 4>;
  static constexpr float kept[] = {-2.83740234f, -1.37548828f, -1.79101562f, 5.81176758f, 7.03100586f, -0.0891113281f, -6.02929688f, 1.83276367f, 7.86352539f, 6.09106445f, -2.28979492f, -6.77807617f};
  static constexpr float kept_dx[] = {0.325317383f, 1.22705078f, -1.75500488f, 3.95483398f, -1.33862305f, 2.44873047f, 1.34228516f, 3.56506348f, 1.68261719f, 0.749267578f, -3.27612305f, 3.57226562f};
  static constexpr float dropped[] = {-0.0f, -0.0f, -0.0f, 0.0f, 0.0f, -0.0f, -0.0f, 0.0f, 0.0f, 0.0f, -0.0f, -0.0f};
};
struct Dropout3 {
  static constexpr Draw x{504, 1, 2.0f}, dy{504, 3};
  static constexpr int count = 12;
  using Layer = mica::Dropout<1, 10>;
  static constexpr float kept[] = {0.881890191f, -1.89012316f, 1.99788411f, -0.0141737196f, -0.592041016f, 2.21700033f, -1.14217122f, 0.0656467014f, 0.266113281f, -0.621812609f, -0.976359049f, 0.845472548f};
  static constexpr float kept_dx[] = {-0.494791667f, -0.762295193f, 0.300937229f, -0.234646267f, 0.545145671f, 0.436028375f, -0.740119086f, 0.121188694f, -0.386691623f, 0.58078342f, 0.301072862f, 1.10616048f};
  static constexpr float dropped[] = {0.0f, -0.0f, 0.0f, -0.0f, -0.0f, 0.0f, -0.0f, 0.0f, 0.0f, -0.0f, -0.0f, 0.0f};
};
struct Dropout4 {
  static constexpr Draw x{505, 1, 2.0f}, dy{505, 3};
  static constexpr int count = 12;
  using Layer = mica::Dropout<2, 7>;
  static constexpr float kept[] = {2.79017334f, 2.03181152f, 0.279846191f, -2.79760742f, 0.626940918f, 0.536364746f, 0.407763672f, 1.64139404f, 0.367175293f, -1.70795898f, -1.08366699f, 0.439550781f};
  static constexpr float kept_dx[] = {0.216741943f, 1.01086426f, 0.16072998f, 1.3206604f, 0.750115967f, -0.881878662f, 0.539483643f, 0.274121094f, -0.883587646f, -0.968096924f, 1.16907349f, -1.0935791f};
  static constexpr float dropped[] = {0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0f, -0.0f, 0.0f};
};
struct AlphaDropout0 {
  static constexpr Draw x{506, 1, 2.0f}, dy{506, 3};
  static constexpr int count = 12;
  using Layer = mica::AlphaDropout<1, 5>;
  static constexpr float kept[] = {-0.549854403f, -0.926703626f, -1.22169208f, 0.405223686f, 0.355978477f, -0.529952472f, 0.415845201f, 0.308986318f, -0.813353817f, -0.98324442f, -0.794900275f, -1.18494593f};
  static constexpr float kept_dx[] = {-0.428186548f, -0.635225634f, 0.122522936f, -0.323419782f, 0.485344249f, 0.483842216f, 0.591130251f, -0.756353825f, 0.336777142f, -0.314675807f, -0.37293321f, -0.354023694f};
  static constexpr float dropped[] = {-1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f, -1.23615985f};
};
struct AlphaDropout1 {
  static constexpr Draw x{507, 1, 2.0f}, dy{507, 3};
  static constexpr int count = 12;
  using Layer = mica::AlphaDropout<1, 2>;
  static constexpr float kept[] = {0.689601248f, -0.548141133f, 2.49481805f, 1.95601762f, -0.390542411f, -0.938594266f, 2.49059811f, 1.62431911f, 1.50886573f, 1.35207854f, 1.66332655f, 2.37617267f};
  static constexpr float kept_dx[] = {0.431056579f, -0.118050261f, -0.611729745f, -0.318362403f, 0.0319471491f, 0.584029592f, 0.37265362f, 0.271374936f, -0.293746056f, -0.711493577f, 0.778606936f, -0.620386043f};
  static constexpr float dropped[] = {-0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f, -0.779193931f};
};
struct AlphaDropout2 {
  static constexpr Draw x{508, 1, 2.0f}, dy{508, 3};
  static constexpr int count = 12;
  using Layer = mica::AlphaDropout<3, 4>;
  static constexpr float kept[] = {0.290738024f, 1.51647478f, 3.35638668f, 2.58138008f, 2.51899088f, 0.822554049f, 2.00386112f, 0.494591899f, 0.557182142f, 1.14374788f, 2.67640467f, 1.93698204f};
  static constexpr float kept_dx[] = {0.265070349f, -0.852473747f, 0.0607473824f, -0.172659273f, 0.649993641f, 0.547396573f, -0.782847128f, -0.651970528f, -0.723808579f, 0.533256807f, -0.45213744f, -0.270565424f};
  static constexpr float dropped[] = {-0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f, -0.482573111f};
};
struct AlphaDropout3 {
  static constexpr Draw x{509, 1, 2.0f}, dy{509, 3};
  static constexpr int count = 12;
  using Layer = mica::AlphaDropout<1, 10>;
  static constexpr float kept[] = {-1.15950775f, 1.52230514f, -1.55880227f, 0.324871437f, -1.18818543f, 0.197508801f, -1.4024808f, -0.704263647f, -1.18902889f, 1.96523471f, 1.7910881f, 0.538042189f};
  static constexpr float kept_dx[] = {-0.84039659f, 0.377786256f, -0.179460421f, 0.240780047f, 0.593346815f, -0.64738456f, 0.465168833f, -0.599982043f, 0.276402224f, -0.76895543f, -0.780004771f, -0.396932825f};
  static constexpr float dropped[] = {-1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f, -1.45773873f};
};
struct AlphaDropout4 {
  static constexpr Draw x{510, 1, 2.0f}, dy{510, 3};
  static constexpr int count = 12;
  using Layer = mica::AlphaDropout<2, 7>;
  static constexpr float kept[] = {-0.738092563f, 0.0514642966f, -0.0173712944f, -0.490589669f, -0.807033407f, 0.0490960997f, -0.585370173f, -0.709726826f, 0.0979335832f, 0.817654946f, 0.401378551f, 1.26598094f};
  static constexpr float kept_dx[] = {-0.6550959f, 0.710353828f, -0.172852063f, -0.66283201f, 0.619362439f, 0.412908293f, -0.654569634f, -0.257186188f, -0.36599168f, 0.267737821f, 0.188929489f, 0.104674305f};
  static constexpr float dropped[] = {-1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f, -1.08278097f};
};
struct SpatialDropout0 {
  static constexpr Draw x{511, 1, 2.0f}, dy{511, 3};
  static constexpr int count = 12;
  using Layer = mica::SpatialDropout<1, 5>;
  static constexpr float kept[] = {1.82472229f, -0.339126587f, 1.16981506f, 1.40510559f, 2.38540649f, 0.730743408f, -1.94572449f, 0.0833129883f, 2.25837708f, -2.05818176f, 0.20980835f, 0.971832275f};
  static constexpr float kept_dx[] = {0.815238953f, -0.442123413f, 0.543899536f, -0.506668091f, 0.713882446f, 1.04576111f, 0.722732544f, -0.950889587f, 0.319061279f, 0.500602722f, 0.253562927f, 0.489082336f};
  static constexpr float dropped[] = {0.0f, -0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f};
};
struct SpatialDropout1 {
  static constexpr Draw x{512, 1, 2.0f}, dy{512, 3};
  static constexpr int count = 12;
  using Layer = mica::SpatialDropout<1, 2>;
  static constexpr float kept[] = {0.137939453f, -1.13793945f, 3.63928223f, 0.662597656f, 0.698364258f, 1.79248047f, 2.99719238f, 3.3182373f, 0.200195312f, -1.98852539f, -2.18066406f, -2.28967285f};
  static constexpr float kept_dx[] = {0.0390014648f, 0.979309082f, 0.99810791f, -1.3347168f, -1.56835938f, 0.108764648f, 1.29089355f, -1.16796875f, 1.09942627f, 1.36419678f, -1.51617432f, 0.456359863f};
  static constexpr float dropped[] = {0.0f, -0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0f, -0.0f, -0.0f};
};
struct SpatialDropout2 {
  static constexpr Draw x{513, 1, 2.0f}, dy{513, 3};
  static constexpr int count = 12;
  using Layer = mica::SpatialDropout<3, 4>;
  static constexpr float kept[] = {3.94995117f, 2.7590332f, 7.77270508f, -1.5222168f, -3.49951172f, -1.12792969f, 3.515625f, -5.97045898f, -0.959716797f, 7.85668945f, 2.10864258f, -7.10766602f};
  static constexpr float kept_dx[] = {-3.15075684f, 1.90771484f, 0.134277344f, 0.989379883f, 2.00708008f, -0.0187988281f, -2.06408691f, 0.138183594f, -1.34082031f, 3.29650879f, -3.10412598f, 0.978759766f};
  static constexpr float dropped[] = {0.0f, 0.0f, 0.0f, -0.0f, -0.0f, -0.0f, 0.0f, -0.0f, -0.0f, 0.0f, 0.0f, -0.0f};
};
struct SpatialDropout3 {
  static constexpr Draw x{514, 1, 2.0f}, dy{514, 3};
  static constexpr int count = 12;
  using Layer = mica::SpatialDropout<1, 10>;
  static constexpr float kept[] = {0.0842285156f, -1.55273438f, -0.658976237f, 0.0782606337f, 0.1433648f, -1.42367893f, 0.38526747f, 1.02444119f, 0.821465386f, 1.44673665f, -1.52316623f, 0.370279948f};
  static constexpr float kept_dx[] = {0.782470703f, 0.798136393f, 0.259467231f, -1.04248047f, -0.217759874f, -0.405307346f, 0.351969401f, -0.361090766f, 0.62286377f, -0.773654514f, 0.975375705f, -0.913831923f};
  static constexpr float dropped[] = {0.0f, -0.0f, -0.0f, 0.0f, 0.0f, -0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0f, 0.0f};
};
struct SpatialDropout4 {
  static constexpr Draw x{515, 1, 2.0f}, dy{515, 3};
  static constexpr int count = 12;
  using Layer = mica::SpatialDropout<2, 7>;
  static constexpr float kept[] = {2.27380371f, -2.55484619f, -1.43511963f, -2.7836792f, -0.656591797f, 0.659069824f, -0.439978027f, -0.133984375f, -1.23978271f, 0.872521973f, -2.543396f, -2.3677124f};
  static constexpr float kept_dx[] = {0.620019531f, 1.37615967f, -1.19594727f, 0.457580566f, -0.238360596f, 0.177734375f, -0.227636719f, -1.05986938f, 0.942120361f, 1.35231934f, 0.361621094f, 0.258270264f};
  static constexpr float dropped[] = {0.0f, -0.0f, -0.0f, -0.0f, -0.0f, 0.0f, -0.0f, -0.0f, -0.0f, 0.0f, -0.0f, -0.0f};
};
using DropoutCases = Cases<Dropout0, Dropout1, Dropout2, Dropout3, Dropout4, AlphaDropout0, AlphaDropout1, AlphaDropout2, AlphaDropout3, AlphaDropout4, SpatialDropout0, SpatialDropout1, SpatialDropout2, SpatialDropout3, SpatialDropout4>;

}  // namespace golden
