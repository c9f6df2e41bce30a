set(MICA_CPU -mcpu=cortex-m33 -mfloat-abi=hard)
set(MICA_MACHINE mps2-an505)
set(MICA_MEMORY mps2_an505)
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
