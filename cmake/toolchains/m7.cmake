set(MICA_CPU -mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard)
set(MICA_MACHINE mps2-an500)
set(MICA_MEMORY mps2_an500)
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
